import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import type { Verdict } from "#core/verdicts/verdict.ts";

/** A connectivity check in two halves: what to ask (data) and how to judge the answer (pure). */
export interface Check {
  /** A statement, true when it passes: `unsigned-is-refused`. Equals the file's name. */
  readonly id: string;
  readonly group: CheckGroup;
  /** The statement as a sentence. */
  readonly title: string;
  /** Why one should care; for docs and reports. */
  readonly why: string;
  /** Ids of checks that must pass first: without them this one would prove nothing and is skipped. */
  readonly needs: readonly string[];
  /** Whether no other check of the same target may run beside it. */
  readonly alone: boolean;
  /** It takes long: asked only where it, or its group, is asked for by name. Absent: always. */
  readonly onRequest?: true;
  /** Null when it applies; otherwise the reason it does not, in a clause: `its DNS name is pinned in the config`. */
  notFor(target: Target, means: Means): string | null;
  script(target: Target, means: Means): readonly Step[];
  /**
   * What to ask after what was seen, by a check that finds something out step by step; nothing: it has asked enough. Is asked
   * again after each round, `roundsMax` times at most.
   */
  more?(exchanges: readonly Exchange[], target: Target, means: Means): readonly Step[];
  /** Whether what was seen before an interruption can be judged by itself. */
  readonly partial?: true;
  /** `exchanges` are in the order of the script; `each` steps give one per address. */
  judge(exchanges: readonly Exchange[], target: Target): Verdict;
  /** When it does not pass: the addresses at which checks that need it may go on all the same. Absent: at none. */
  goOnAt?(exchanges: readonly Exchange[], target: Target): readonly string[];
}

/** In the order in which checks run and reports list them. */
export type CheckGroup =
  | "network"
  | "tls"
  | "answer"
  | "auth"
  | "routing"
  | "connection"
  | "payload"
  | "timeouts"
  | "keepalive";

export const roundsMax = 3;

/** What this run can sign with. */
export interface Means {
  readonly credentials: "absent" | "long-term" | "temporary";
  /** Whether credentials whose session has ended are at hand, to prove that they are refused. */
  readonly endedSession: boolean;
}
