import type { Check } from "#core/checks/check.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Verdict } from "#core/verdicts/verdict.ts";

/** How a check stands towards those that need it. */
export type Standing =
  /** `at`: only at these addresses; null: anywhere. */
  | { readonly kind: "open"; readonly at: readonly string[] | null }
  /** `by`: the check that did not pass, in the end. */
  | { readonly kind: "shut"; readonly by: string };

const anywhere: Standing = { kind: "open", at: null };

/** What the checks it needs leave open to a check: the first that is shut, or the addresses that all of them leave. */
export function gate(needs: readonly Standing[]): Standing {
  const shut = needs.find(({ kind }) => kind === "shut");
  if (shut !== undefined) return shut;
  return needs.reduce((all, one) => (all.kind === "open" && one.kind === "open" ? both(all, one) : all), anywhere);
}

type Open = Extract<Standing, { kind: "open" }>;

function both(a: Open, b: Open): Open {
  const [at, other] = [a.at, b.at];
  if (at === null || other === null) return { kind: "open", at: at ?? other };
  return { kind: "open", at: at.filter((address) => other.includes(address)) };
}

/** How a check stands once it has been judged, having been asked at what `before` left open. */
export function standing(
  check: Check,
  verdict: Verdict,
  exchanges: readonly Exchange[],
  target: Target,
  before: Standing,
): Standing {
  if (before.kind === "shut" || verdict.kind === "pass") return before;
  const at = check.goOnAt?.(exchanges, target) ?? [];
  return at.length === 0 ? { kind: "shut", by: check.id } : gate([before, { kind: "open", at: [...new Set(at)] }]);
}

/** The target as checks may go on with it: at the addresses that work. */
export const reachable = (target: Target, { at }: Open): Target => (at === null ? target : { ...target, pinned: at });
