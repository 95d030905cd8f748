import type { Check, Means } from "#core/checks/check.ts";
import type { Exchange, SigningVariant } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import { skipped } from "#core/verdicts/verdict.ts";
import { gate, type Standing, standing } from "./gate.ts";
import { doesNotApply, judge, notAsked, resultOf } from "./judge-check.ts";
import { type PlannedCheck, planChecks } from "./plan-checks.ts";

/**
 * Judges a saved run again: by corrected facts a check may come out differently, and so may what depends on it. What was
 * not asked then cannot be known now.
 */
export function judgeSaved(
  exchanges: readonly Exchange[],
  targets: readonly Target[],
  checks: readonly Check[],
  means: Means = meansOf(exchanges),
): readonly CheckResult[] {
  const saved = groupByCheck(exchanges);
  const standings = new Map<string, Standing>();
  return planChecks(targets, checks, means).map((planned) => {
    const { target, check, needs } = planned;
    const key = keyOf(target.id, check.id);
    const before = gate(needs.flatMap((id) => standings.get(keyOf(target.id, id)) ?? []));
    const seen = saved.get(key) ?? [];
    const verdict = verdictOn(planned, before, seen);
    standings.set(key, standing(check, verdict, seen, target, before));
    return resultOf(check, target, verdict, verdict.kind === "skipped" ? [] : seen);
  });
}

function verdictOn(planned: PlannedCheck, before: Standing, seen: readonly Exchange[]) {
  const { check, target, skipped: reason } = planned;
  if (reason !== null) return doesNotApply(reason);
  if (before.kind === "shut") return notAsked(before.by);
  // A check that asks nothing judges what is known without.
  const wasAsked = seen.length > 0 || planned.steps.length === 0;
  return wasAsked ? judge(check, seen, target) : skipped("not asked in the saved run");
}

/** What a run had at hand, as far as its exchanges show it: what was never come to is taken to have been there. */
function meansOf(exchanges: readonly Exchange[]): Means {
  const signed = (variant: SigningVariant): boolean => exchanges.some(({ sent }) => sent.signing === variant);
  const missing = exchanges.some(
    ({ outcome }) => outcome.kind === "failed" && outcome.failure.kind === "credentials-missing",
  );
  const had = (variant: SigningVariant): boolean => signed(variant) || !signed("wrong-service");
  return {
    credentials: missing ? "absent" : had("missing-token") ? "temporary" : "long-term",
    endedSession: had("ended-session"),
  };
}

const keyOf = (target: string, check: string): string => JSON.stringify([target, check]);

function groupByCheck(exchanges: readonly Exchange[]): ReadonlyMap<string, readonly Exchange[]> {
  const groups = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const key = keyOf(exchange.target, exchange.check);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [exchange]);
    else group.push(exchange);
  }
  return groups;
}
