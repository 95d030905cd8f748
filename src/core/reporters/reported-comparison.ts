import type { CurvePoint, Quantiles } from "./run-report.ts";

/** Whether a block's requests found open connections or opened one each. The two are never compared with each other. */
export type ReportedUse = "reused" | "cold";

/**
 * What targets did in turn, in blocks of rounds, and how they differ. Latencies are of answers as expected: the service time on
 * reused connections, connect, TLS handshake and service time together on cold ones. Milliseconds throughout.
 */
export interface ReportedComparison {
  /** Who asked, where it was not the config's own `credentials`. */
  readonly principal?: string;
  readonly marginMs: number;
  /** Of each interval by itself, such as 0.95. */
  readonly confidence: number;
  /** What a reader must know of all of it, in sentences. */
  readonly warnings: readonly string[];
  readonly design: ReportedDesign;
  /** What the first rounds said of how long it must last; null where there was no pilot. */
  readonly pilot: ReportedPilot | null;
  /** By use of connections, then pair, then quantile. */
  readonly pairs: readonly ReportedPair[];
  /** By use of connections, then target. */
  readonly targets: readonly ReportedComparedTarget[];
  /** In the order in which they were carried out. */
  readonly blocks: readonly ReportedBlock[];
  /** One a target; what a path costs depends on what it carries. */
  readonly cost: readonly ReportedCost[];
}

export interface ReportedDesign {
  readonly engine: "k6" | "node";
  /** The order of the blocks follows from it. */
  readonly seed: number;
  /** As planned; `rounds` of a pair are those that both answered. */
  readonly rounds: number;
  readonly roundsDone: number;
  readonly blockMs: number;
  /** The first part of each block: sent and not counted. */
  readonly headMs: number;
  /** Requests per second in each block, all at its one target. */
  readonly rate: number;
  readonly connections: readonly ReportedUse[];
  /** Of all blocks, as planned. */
  readonly durationMs: number;
}

export interface ReportedPilot {
  readonly rounds: number;
  /** How long all of it must last to see a difference of the margin between the pair that takes longest, and to tell that there is none. */
  readonly needs: readonly ReportedNeed[];
}

export interface ReportedNeed {
  readonly connections: ReportedUse;
  readonly quantile: number;
  /** If the rounds to come are like those of the pilot; null where those were too few to tell. */
  readonly expectedMs: number | null;
  /** Enough in four of five cases: a few rounds tell little of how much rounds differ. */
  readonly cautiousMs: number | null;
}

/** Of `a` minus `b`: below zero, `a` is faster. */
export interface ReportedPair {
  readonly a: string;
  readonly b: string;
  readonly connections: ReportedUse;
  /** Such as 0.99. */
  readonly quantile: number;
  /** Null, as the next four, where too little was answered to say anything. */
  readonly deltaMs: number | null;
  readonly lowMs: number | null;
  readonly highMs: number | null;
  /** Smaller differences than this would often have been missed. */
  readonly smallestVisibleMs: number | null;
  /** To see a difference of the margin, and to tell that there is none. */
  readonly roundsNeeded: { readonly expected: number; readonly cautious: number } | null;
  readonly verdict: "faster" | "slower" | "equivalent" | "inconclusive";
  /** In which both answered. */
  readonly rounds: number;
  /** Answers in those rounds. */
  readonly samples: { readonly a: number; readonly b: number };
  /** What is missing, in sentences. */
  readonly warnings: readonly string[];
}

/** One target on one use of connections, all blocks together, heads left out. */
export interface ReportedComparedTarget {
  readonly target: string;
  readonly connections: ReportedUse;
  readonly requests: number;
  /** By cause code; absent codes did not occur. */
  readonly failures: Readonly<Record<string, number>>;
  /** Due and never sent. */
  readonly dropped: number;
  /** Opened by counted requests. */
  readonly connectionsOpened: number;
  /** The compared latency. Null when nothing was answered. */
  readonly latencyMs: Quantiles | null;
  /** From the moment a request was due to its last byte; null when nothing was answered. */
  readonly responseMs: Quantiles | null;
  readonly quantiles: readonly ReportedQuantile[];
  /** Of the compared latency, as in `loads`. */
  readonly curve: readonly CurvePoint[];
  /** HdrHistogram V2, deflated, in base64, microseconds: of the compared latency. */
  readonly histogram: string;
}

/** With the interval over rounds that holds the truth with the comparison's confidence; null where there are too few. */
export interface ReportedQuantile {
  readonly quantile: number;
  readonly valueMs: number | null;
  readonly lowMs: number | null;
  readonly highMs: number | null;
}

export interface ReportedBlock {
  /** From 0. */
  readonly round: number;
  /** Whether it belongs to the pilot; such blocks count as the others do. */
  readonly pilot: boolean;
  readonly target: string;
  readonly connections: ReportedUse;
  /** Since the comparison began. */
  readonly startMs: number;
  /** False when the run ended in it: then it is not compared. */
  readonly complete: boolean;
  readonly requests: number;
  readonly failures: number;
  readonly dropped: number;
  /** Of its answers; null when there were none. */
  readonly latencyMsP50: number | null;
  readonly latencyMsP99: number | null;
  /** How late the generator itself was, one time in a hundred; null where it cannot tell. */
  readonly lateMsP99: number | null;
  readonly saturated: boolean;
}

/** An estimate from list prices, or from those of the config; never a quote. US dollars. */
export interface ReportedCost {
  readonly target: string;
  readonly kind: string;
  /** What was taken to go on evenly for a month of 730 hours. */
  readonly carried: {
    readonly rate: number;
    /** Of one, heads included; TLS, TCP and IP are not in it. */
    readonly requestBytes: number;
    readonly responseBytes: number;
    /** How the two are known, in words. */
    readonly bytesFrom: string;
    readonly newConnectionsPerSecond: number;
    readonly activeConnections: number;
    /** Of the interface endpoint, where there is one; null otherwise. */
    readonly zones: number | null;
  };
  readonly monthUsd: number;
  /** Hours included, so it falls with the rate; null when nothing is carried. */
  readonly perMillionUsd: number | null;
  readonly charges: readonly ReportedCharge[];
  readonly notes: readonly string[];
}

/** A line of an estimate, for a month. */
export interface ReportedCharge {
  readonly price: string;
  /** In words, with what it was reckoned from. */
  readonly what: string;
  readonly units: number;
  readonly usd: number;
  readonly region: string;
  /** Year and month in which the price was seen, `2026-09`. */
  readonly asOf: string;
  readonly source: string;
  /** How far the price may be trusted: `doc` a price page or the config, `code` public code, `ran` measured, `recalled` from memory. */
  readonly trust: "doc" | "code" | "ran" | "recalled";
}
