import type { OverallVerdict } from "../run-report.ts";

/** Saved runs over time. Runs are named by their place in `runs`, from 0. */
export interface ReportedHistory {
  /** The chance that a series in which nothing changed has a change told of it. */
  readonly falseAlarms: number;
  /** Changes of a time by a smaller share than this are not told. */
  readonly marginShare: number;
  /** Only what changed with a run that began then or later decides; null: whatever changed. ISO 8601 in UTC. */
  readonly since: string | null;
  /** The oldest first. */
  readonly runs: readonly ReportedPastRun[];
  readonly series: readonly ReportedSeries[];
  /** One a target that was checked. */
  readonly checked: readonly ReportedChecked[];
  /** What a reader must know of all of it, in sentences. */
  readonly warnings: readonly string[];
}

export interface ReportedPastRun {
  readonly name: string;
  readonly command: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly verdict: OverallVerdict;
}

/** One figure of one target under the same load, run after run. */
export interface ReportedSeries {
  readonly target: string;
  /** The load's name; `keepalive` for what that command found. */
  readonly load: string;
  /** What the runs had in common: engine, scenario, rate. */
  readonly workload: string;
  readonly metric: string;
  readonly unit: "ms" | "share";
  /** Which way is good; null: neither. */
  readonly better: "lower" | "higher" | null;
  /** In the order of the runs; runs without the figure are left out. */
  readonly points: readonly (readonly [run: number, value: number])[];
  /** The level that each stretch between changes has: its median. The first begins with the first point. */
  readonly levels: readonly { readonly from: number; readonly value: number }[];
  readonly changes: readonly ReportedChange[];
  /** False where there are fewer points than a change could be seen in. */
  readonly enough: boolean;
}

export interface ReportedChange {
  /** The first run that has the new level. */
  readonly run: number;
  readonly before: number;
  readonly after: number;
  /** How often chance alone makes as much of a difference. */
  readonly pValue: number;
  readonly direction: "better" | "worse" | "other";
  /** What else is not as it was in any run before it, `az: euw1-az1 → euw1-az2`: then it may be that, and not the target. */
  readonly alongside: readonly string[];
}

/** What checks said of a target, run after run. */
export interface ReportedChecked {
  readonly target: string;
  readonly verdicts: readonly {
    readonly run: number;
    readonly verdict: OverallVerdict;
    /** Of the first that failed. */
    readonly cause: string | null;
  }[];
}
