import type { Check } from "#core/checks/check.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import { inconclusive, skipped, type Verdict } from "#core/verdicts/verdict.ts";

export const interruptedBefore: Verdict = skipped("interrupted before it ran");
const interruptedWithin: Verdict = skipped("interrupted while it ran");

export const doesNotApply = (reason: string): Verdict => skipped(`does not apply: ${reason}`);

export const notAsked = (because: string): Verdict => skipped(`not asked, because ${because} did not pass`);

/** A mistake of ours must not take the other results with it, nor pass for a result. */
export const ownMistake = (error: unknown): Verdict =>
  inconclusive(
    `pathproof itself failed here (${error instanceof Error ? error.message : String(error)}); please report it`,
  );

/** The verdict on exchanges as they came off the wire or out of a file. */
export function judge(check: Check, exchanges: readonly Exchange[], target: Target): Verdict {
  const seen = exchanges.filter((exchange) => !wasInterrupted(exchange));
  if (seen.length < exchanges.length && (check.partial !== true || seen.length === 0)) return interruptedWithin;
  try {
    return check.judge(seen, target);
  } catch (error) {
    return ownMistake(error);
  }
}

const wasInterrupted = ({ outcome }: Exchange): boolean =>
  outcome.kind === "failed" && outcome.failure.kind === "interrupted";

export const resultOf = (
  check: Check,
  target: Target,
  verdict: Verdict,
  exchanges: readonly Exchange[] = [],
): CheckResult => ({
  target: target.id,
  check: check.id,
  group: check.group,
  title: check.title,
  verdict,
  // Microseconds: more is noise.
  elapsedMs: Math.round(exchanges.reduce((sum, { phases }) => sum + phases.totalMs, 0) * 1000) / 1000,
});
