import type { RoundsNeeded } from "./rounds-needed.ts";

/**
 * What `a` does compared with `b`: `faster` and `slower` when there certainly is a difference, `equivalent` when it certainly is
 * smaller than the margin (even if there is one), `inconclusive` when neither is certain.
 */
export type ComparisonVerdict = "faster" | "slower" | "equivalent" | "inconclusive";

export interface Comparison {
  /** Every pair of targets, in their order, at every quantile. */
  readonly pairs: readonly ComparedPair[];
  readonly marginMs: number;
  /** Of each interval by itself. */
  readonly confidence: number;
  /** What the reader must know, in sentences; what concerns one pair only stands with it. */
  readonly warnings: readonly string[];
}

interface Asked {
  readonly a: string;
  readonly b: string;
  /** Null where all targets were one set. */
  readonly set: string | null;
  readonly quantile: number;
  /** In which both answered. */
  readonly rounds: number;
  /** Answers in those rounds. */
  readonly samples: { readonly a: number; readonly b: number };
  readonly warnings: readonly string[];
}

export type ComparedPair = Measured | Unmeasured;

/** In milliseconds, of `a` minus `b`: below zero, `a` is faster. */
export interface Measured extends Asked {
  /** Between the quantiles of the merged histograms. */
  readonly deltaMs: number;
  /** The interval that holds the true difference with the comparison's confidence. */
  readonly lowMs: number;
  readonly highMs: number;
  readonly verdict: ComparisonVerdict;
  /** Smaller differences than this the comparison would often have missed. */
  readonly smallestVisibleMs: number;
  /** To see a difference of the margin, and to tell that there is none. */
  readonly roundsNeeded: RoundsNeeded;
  /** Read with all pairs and quantiles in mind (Holm): of no difference, and of one beyond the margin. */
  readonly pNone: number;
  readonly pBeyondMargin: number;
}

/** Too little was answered to say anything: no number is made up. */
export interface Unmeasured extends Asked {
  readonly deltaMs: null;
  readonly lowMs: null;
  readonly highMs: null;
  readonly verdict: "inconclusive";
  readonly smallestVisibleMs: null;
  readonly roundsNeeded: null;
  readonly pNone: null;
  readonly pBeyondMargin: null;
}
