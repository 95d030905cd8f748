import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import type { ConnectionEnd } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";
import type { Ms } from "#core/units.ts";
import type { K6Binary } from "./k6-binary/k6-binary.ts";

export interface K6RunOptions {
  readonly k6: K6Binary;
  /** The bundle: a file that k6 reads. */
  readonly script: string;
  readonly plan: LoadPlan;
  /** Asked whenever k6 needs them, so that a run outlives its session; null: nothing is signed, or the script knows how. */
  readonly credentials: (() => Promise<CredentialsNow>) | null;
  /** PEM of further trusted issuers, beside the system's; null when there are none. */
  readonly caFile: string | null;
  /** k6's own outputs, as in `--out`: `json=points.json`. */
  readonly outputs: readonly string[];
  /** Further `-e` variables; never a secret. */
  readonly scriptEnv: Readonly<Record<string, string>>;
  /** Ends the load; what was measured is kept. */
  readonly signal: AbortSignal;
  readonly sink: K6Sink;
  /** Once k6 runs. */
  readonly onStarted?: (pid: number) => void;
  /** How long a slot of credentials lasts; absent: `defaultSlotMs`. */
  readonly credentialSlotMs?: number;
  /** From start to the first row; absent: a minute. */
  readonly startDeadlineMs?: Ms;
  /** From the abort to the kill; absent: 15 s. */
  readonly stopDeadlineMs?: Ms;
}

/** Who takes what comes while k6 runs. Called synchronously, thousands of times a second; what it throws ends the load. */
export interface K6Sink {
  sample(sample: Sample): void;
  ended(end: ConnectionEnd): void;
  /** Iterations that were due and never begun; `target` is null where the scenario carries no tag. */
  dropped(dropped: Dropped): void;
  /** A line for people, each once: k6's own warnings, or what a script logs. */
  warning(line: string): void;
}

export interface Dropped {
  readonly target: string | null;
  readonly phase: "warmup" | "measured";
  readonly count: number;
  /** Since the load began. */
  readonly atMs: Ms;
}

export type CredentialsNow =
  | { readonly kind: "ok"; readonly credentials: Credentials }
  | { readonly kind: "missing"; readonly detail: string };

export type K6Outcome =
  | { readonly kind: "finished"; readonly facts: K6Facts }
  /** By the signal. */
  | { readonly kind: "interrupted"; readonly facts: K6Facts }
  /** It ran and ended otherwise than planned; what was measured until then has been handed over. `message`: sentences. */
  | { readonly kind: "failed"; readonly message: string; readonly facts: K6Facts }
  /** Nothing was sent. */
  | { readonly kind: "not-started"; readonly message: string };

export interface K6Facts {
  /** Samples handed over. */
  readonly samples: number;
  readonly iterations: number;
  /** Iterations that ended in an exception of the script. k6 itself exits 0 after them. */
  readonly thrown: number;
  /** The first exception, when there was one. */
  readonly firstException: string | null;
  readonly dropped: number;
  /** Requests without a `target` tag while the plan has several targets: handed over to nobody. */
  readonly untagged: number;
  /** By how much reading lagged behind k6 at most: rows wait in k6's memory meanwhile. */
  readonly lagMsMax: Ms;
  /** Null when k6 was killed. */
  readonly exitCode: number | null;
}
