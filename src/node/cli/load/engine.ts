import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";

/** What makes a load: k6 or the Node runner. Hands samples over while it runs, and always settles. */
export type LoadEngine = (means: EngineMeans) => Promise<EngineOutcome>;

export interface EngineMeans {
  readonly sink: LoadSink;
  /** Ends the load; what was measured is kept. */
  readonly signal: AbortSignal;
  /** With the process that sends, once there is one; it may be this one. */
  readonly onStarted: (pid: number) => void;
}

/** Who takes what comes, called synchronously. */
export interface LoadSink {
  sample(sample: Sample): void;
  /** A connection that a sample had opened has ended, or was open at the end of the load. */
  ended(end: ConnectionEnd): void;
  /** Requests that were due and never sent; `target` is null where it is not known. */
  dropped(dropped: Dropped): void;
  /** A line for people. */
  warning(line: string): void;
}

export interface Dropped {
  readonly target: string | null;
  readonly phase: Sample["phase"];
  readonly count: number;
  /** Since the load began; absent where it is not known. */
  readonly atMs?: number;
}

export type EngineOutcome =
  | { readonly kind: "finished"; readonly facts: EngineFacts }
  /** By the signal. */
  | { readonly kind: "interrupted"; readonly facts: EngineFacts }
  /** It ran and ended otherwise than planned. `message`: sentences. */
  | { readonly kind: "failed"; readonly message: string; readonly facts: EngineFacts }
  /** Nothing was sent. */
  | { readonly kind: "not-started"; readonly message: string };

export interface EngineFacts {
  /** Iterations that ended in an exception of the script. */
  readonly thrown: number;
  readonly firstException: string | null;
  /** Requests that named no target of the load: counted nowhere. */
  readonly untagged: number;
  /** Whether the engine itself was the bottleneck, by what only it can tell; absent where it cannot. */
  readonly saturated?: boolean;
  /** What it has to say of how it fared, in sentences. */
  readonly notes?: readonly string[];
}
