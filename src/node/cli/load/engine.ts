import type { LoadOutcome, LoadSink } from "#core/plan/load-run.ts";

/** What makes a load: k6 or the Node runner. Hands samples over while it runs, and always settles. */
export type LoadEngine = (means: EngineMeans) => Promise<EngineOutcome>;

export interface EngineMeans {
  readonly sink: LoadSink;
  /** Ends the load; what was measured is kept. */
  readonly signal: AbortSignal;
  /** With the process that sends, once there is one; it may be this one. */
  readonly onStarted: (pid: number) => void;
}

export type EngineOutcome = LoadOutcome<EngineFacts>;

/** What is asked of any engine about how it fared. */
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
