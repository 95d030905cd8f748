import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Settings } from "#core/scenarios/settings.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";
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
  readonly sink: NodeSink;
  /** With this process: its threads send. */
  readonly onStarted?: (pid: number) => void;
  /** How often the credentials are asked for; 10 s unless told. */
  readonly credentialsEveryMs?: number;
}

/** Who takes what comes. Called synchronously, thousands of times a second; what it throws ends the load. */
export interface NodeSink {
  sample(sample: Sample): void;
  ended(end: ConnectionEnd): void;
  /** Requests that were due and never sent. */
  dropped(dropped: { readonly target: string; readonly phase: Sample["phase"]; readonly count: number }): void;
  /** A line for people. */
  warning(line: string): void;
}

export type CredentialsNow =
  | { readonly kind: "ok"; readonly credentials: Credentials }
  | { readonly kind: "missing"; readonly detail: string };

export type NodeOutcome =
  | { readonly kind: "finished"; readonly facts: NodeFacts }
  /** By the signal. */
  | { readonly kind: "interrupted"; readonly facts: NodeFacts }
  /** It ran and ended otherwise than planned; what was measured until then has been handed over. `message`: sentences. */
  | { readonly kind: "failed"; readonly message: string; readonly facts: NodeFacts }
  /** Nothing was sent. */
  | { readonly kind: "not-started"; readonly message: string };

export interface NodeFacts {
  /** Samples handed over. */
  readonly samples: number;
  readonly dropped: number;
  /** There is no script that could throw, nor a request without a target. */
  readonly thrown: 0;
  readonly firstException: null;
  readonly untagged: 0;
  /** One for each loading thread that came to its end. */
  readonly threads: readonly ThreadFacts[];
}
