import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadOutcome, LoadSink } from "#core/plan/load-run.ts";
import type { Settings } from "#core/scenarios/settings.ts";
import type { CredentialsNow } from "#core/signing/credentials.ts";
import type { ThreadFacts } from "./messages.ts";

export interface NodeRunOptions {
  /** What the threads run: `src/node/engine/thread/main.ts`, bundled to CommonJS. */
  readonly program: string;
  readonly plan: LoadPlan;
  /** Asked at the start and again while it runs, so that a run outlives its session; null: nothing is signed. */
  readonly credentials: (() => Promise<CredentialsNow>) | null;
  /** PEM of further trusted issuers, beside Node's own; null when there are none. */
  readonly caPem: string | null;
  /** Of its scenario; none unless told. */
  readonly settings?: Settings;
  /** Loading threads; 1 unless told. */
  readonly threads?: number;
  /** In an open loop, to each target, by all threads together; `connectionsUsual` unless told. */
  readonly connectionsMax?: number;
  /** Ends the load within a second; what was measured is kept. */
  readonly signal: AbortSignal;
  readonly sink: LoadSink;
  /** With this process: its threads send. */
  readonly onStarted?: (pid: number) => void;
  /** How often the credentials are asked for; 10 s unless told. */
  readonly credentialsEveryMs?: number;
}

export type NodeOutcome = LoadOutcome<NodeFacts>;

export interface NodeFacts {
  /** Samples handed over. */
  readonly samples: number;
  readonly dropped: number;
  /** One for each loading thread that came to its end. */
  readonly threads: readonly ThreadFacts[];
}
