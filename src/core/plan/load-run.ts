import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";
import type { Ms } from "#core/units.ts";

/** Who takes what comes of a load while it runs. Called synchronously, thousands of times a second; what it throws ends the load. */
export interface LoadSink {
  sample(sample: Sample): void;
  /** A connection that a sample had opened has ended, or was open at the end of the load. */
  ended(end: ConnectionEnd): void;
  dropped(dropped: Dropped): void;
  /** A line for people. */
  warning(line: string): void;
}

/** Requests that were due and never sent. */
export interface Dropped {
  /** Null where it is not known. */
  readonly target: string | null;
  readonly phase: Sample["phase"];
  readonly count: number;
  /** Since the load began; null where it is not known. */
  readonly atMs: Ms | null;
}

/** How a load ended; what was measured until then has been handed over. */
export type LoadOutcome<Facts> =
  | { readonly kind: "finished"; readonly facts: Facts }
  /** By the signal. */
  | { readonly kind: "interrupted"; readonly facts: Facts }
  /** It ran and ended otherwise than planned. `message`: sentences. */
  | { readonly kind: "failed"; readonly message: string; readonly facts: Facts }
  /** Nothing was sent. */
  | { readonly kind: "not-started"; readonly message: string };
