import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Diagnosis } from "./cause.ts";
import { diagnose } from "./diagnose.ts";

/** Whether a refusal that a check hoped for is the right one. */
export type Refused =
  /** The first cause is one of those hoped for. */
  | { readonly kind: "as-expected"; readonly diagnosis: Diagnosis }
  /** Something else is the matter; null where no cause is recognised. */
  | { readonly kind: "otherwise"; readonly diagnosis: Diagnosis | null };

/** Asks whether the exchanges show, before any other cause, one of `codes`: for checks in which a refusal is the pass. */
export function diagnoseExpected(exchanges: readonly Exchange[], target: Target, codes: readonly string[]): Refused {
  const [first] = diagnose(exchanges, target);
  if (first === undefined) return { kind: "otherwise", diagnosis: null };
  return { kind: codes.includes(first.code) ? "as-expected" : "otherwise", diagnosis: first };
}
