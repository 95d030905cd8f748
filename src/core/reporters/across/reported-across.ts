/**
 * Saved runs set side by side. They were made one after the other, so what changed between them besides their targets is in every
 * difference; `spread` says how much of that the interval holds. Milliseconds throughout.
 */
export interface ReportedAcross {
  /** Of each interval by itself. */
  readonly confidence: number;
  /** A difference that nobody minds; null where none was named, and then nothing is called equivalent. */
  readonly marginMs: number | null;
  /** The first is what the others are compared with. */
  readonly sides: readonly ReportedSide[];
  /** What a reader must know of all of it, in sentences. */
  readonly warnings: readonly string[];
  /** What the sides were not alike in, beside their latencies. */
  readonly differing: readonly ReportedDifferingFact[];
  /** By target, then side, then quantile. */
  readonly pairs: readonly ReportedAcrossPair[];
}

export interface ReportedSide {
  readonly name: string;
  readonly runs: readonly {
    readonly name: string;
    /** ISO 8601 in UTC; null where its file does not say. */
    readonly startedAt: string | null;
  }[];
}

export interface ReportedDifferingFact {
  readonly fact: string;
  /** One a side, in their order. */
  readonly values: readonly string[];
}

/** Of `a` minus `b`, the first side: below zero, `a` is faster. */
export interface ReportedAcrossPair {
  readonly target: string;
  readonly a: string;
  readonly b: string;
  readonly measure: "service" | "response";
  readonly quantile: number;
  readonly aMs: number | null;
  readonly bMs: number | null;
  readonly deltaMs: number | null;
  /** Null, as `highMs`, where no interval can be given. */
  readonly lowMs: number | null;
  readonly highMs: number | null;
  /**
   * What the interval is made from. `in-turn`: runs of both that took turns; `apart`: several runs of each that did not;
   * `within`: the stretches of single runs; `none`: only quantiles are known, or too little.
   */
  readonly spread: "in-turn" | "apart" | "within" | "none";
  /** Whether these very runs certainly differ by more than their spread, whatever the reason; null where that cannot be told. */
  readonly runsDiffer: boolean | null;
  /** On the targets; `inconclusive` unless their runs took turns. */
  readonly verdict: "faster" | "slower" | "equivalent" | "inconclusive";
  /** Answers. */
  readonly samples: { readonly a: number; readonly b: number };
  /** What is missing, in sentences. */
  readonly warnings: readonly string[];
}
