import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadOutcome, LoadSink } from "#core/plan/load-run.ts";
import type { CredentialsNow } from "#core/signing/credentials.ts";
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
  readonly sink: LoadSink;
  /** Once k6 runs. */
  readonly onStarted?: (pid: number) => void;
  /** How long a slot of credentials lasts; absent: `defaultSlotMs`. */
  readonly credentialSlotMs?: number;
  /** From start to the first row; absent: a minute. */
  readonly startDeadlineMs?: Ms;
  /** From the abort to the kill; absent: 15 s. */
  readonly stopDeadlineMs?: Ms;
}

export type K6Outcome = LoadOutcome<K6Facts>;

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
