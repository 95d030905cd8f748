import type { Diagnosis } from "#core/causes/cause.ts";
import { diagnose } from "#core/causes/diagnose.ts";
import { findCause } from "#core/causes/index.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { fail, inconclusive, type Measures, type Verdict } from "#core/verdicts/verdict.ts";

/** Causes on this machine: they say nothing of the target, so nothing can be concluded from them. */
const ourOwn: readonly string[] = ["credentials-missing", "file-limit", "generator-saturated"];

export interface Blame {
  /** What the check saw, in a clause. */
  readonly summary: string;
  /** The code to name when nothing in the catalogue recognises the exchanges; absent: one that fits how they ended. */
  readonly otherwise?: string;
  readonly measures?: Measures;
}

/** Fails, naming the best diagnosis of the exchanges; inconclusive where the trouble is on this machine. */
export const failBy = (exchanges: readonly Exchange[], target: Target, blame: Blame): Verdict =>
  failWith(diagnose(exchanges, target)[0] ?? unrecognised(exchanges, target, blame), blame);

/** The same with a diagnosis already chosen. */
export function failWith(cause: Diagnosis | null, { summary, measures = {} }: Blame): Verdict {
  return cause === null || ourOwn.includes(cause.code)
    ? inconclusive(summary, cause, measures)
    : fail(summary, cause, measures);
}

/** A cause of the catalogue, claimed with no more than the check itself saw. */
function unrecognised(exchanges: readonly Exchange[], target: Target, { summary, otherwise }: Blame): Diagnosis | null {
  const answered = exchanges.some(({ outcome }) => outcome.kind === "answered");
  const cause = findCause(otherwise ?? (answered ? "unexpected-status" : "protocol-error"));
  if (cause === null) return null;
  const { code, title, source } = cause;
  return {
    code,
    title,
    confidence: "possible",
    evidence: [summary],
    remedy: cause.remedy(target),
    alternatives: [],
    source,
  };
}
