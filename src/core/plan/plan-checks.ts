import type { Check, Means } from "#core/checks/check.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { orderChecks } from "./order-checks.ts";

/** One check of one target: what is to be asked, and after which other checks of the same target. */
export interface PlannedCheck {
  readonly target: Target;
  readonly check: Check;
  /** Made anew each time: bodies of several MiB need not wait in memory for their turn. */
  readonly steps: readonly Step[];
  /** See `Check.more`. */
  more(exchanges: readonly Exchange[]): readonly Step[];
  /** Ids of checks of the same plan and target; those that do not apply are replaced by what they need. */
  readonly needs: readonly string[];
  /** Why it does not apply, in a clause; null when it does. */
  readonly skipped: string | null;
}

/** Every check for every target, in the order of the report: targets as given, checks from cause to consequence. */
export function planChecks(
  targets: readonly Target[],
  checks: readonly Check[],
  means: Means,
): readonly PlannedCheck[] {
  const ordered = orderChecks(checks);
  const byId = new Map(ordered.map((check) => [check.id, check]));

  const needsOf = (check: Check, target: Target): readonly string[] => [
    ...new Set(
      check.needs.flatMap((id) => {
        const needed = byId.get(id);
        if (needed === undefined) return [];
        return needed.notFor(target, means) === null ? [id] : needsOf(needed, target);
      }),
    ),
  ];

  return targets.flatMap((target) =>
    ordered.map((check): PlannedCheck => {
      const skipped = check.notFor(target, means);
      return {
        target,
        check,
        get steps() {
          return skipped === null ? check.script(target, means) : [];
        },
        more: (exchanges) => check.more?.(exchanges, target, means) ?? [],
        needs: skipped === null ? needsOf(check, target) : [],
        skipped,
      };
    }),
  );
}
