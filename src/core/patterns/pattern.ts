import type { Ranges } from "./ranges.ts";

/** A regular expression as a regular language: without what only a search that goes back can decide. */
export type Pattern =
  /** One UTF-16 code unit. */
  | { readonly kind: "unit"; readonly of: Ranges }
  | { readonly kind: "sequence"; readonly of: readonly Pattern[] }
  | { readonly kind: "choice"; readonly of: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly what: Pattern; readonly min: number; readonly max: number }
  | { readonly kind: "assertion"; readonly at: Place };

/** `inside`: neither side of it, or both, belong to a word. */
export type Place = "start" | "end" | "word-boundary" | "inside";

/** What makes a pattern refused, continuing `expected …`. */
export interface Refusal {
  readonly kind: "refused";
  readonly expected: string;
}
