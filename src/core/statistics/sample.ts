import type { Ms } from "#core/units.ts";

/** One exchange under load, from either engine, on its way into a tally. */
export interface Sample {
  readonly target: string;
  /** Whole and fractional milliseconds since the load began, when it was sent. */
  readonly sentAtMs: Ms;
  readonly phase: "warmup" | "measured";
  /** Null when it failed. First byte written to last byte read; k6: `duration`. */
  readonly serviceMs: Ms | null;
  /** Due time to last byte read; null when it failed or the workload has no due times. */
  readonly responseMs: Ms | null;
  /**
   * By how much the engine itself was late: from due, or from when a connection was free for it, to sent. Null where nothing is
   * due; absent where the engine cannot tell (k6), and is then reckoned from the other times.
   */
  readonly lateMs?: Ms | null;
  /** Null unless this request opened its connection. */
  readonly connectMs: Ms | null;
  readonly tlsMs: Ms | null;
  /** Whether it went out on a connection that had served another. */
  readonly reusedSocket: boolean;
  /**
   * Of what went out on a reused connection: for how long not a byte had passed on it. Null of the others, and where nobody
   * knows. k6: on the virtual user's connection, as far as its requests tell.
   */
  readonly idleMs: Ms | null;
  /** Whether HTTP lets a client send its method again unasked (RFC 9110, 9.2.2). */
  readonly idempotent: boolean;
  /** Whether there was a connection it might have reused. */
  readonly couldReuse: boolean;
  /** k6 only: the transport seems to have sent it twice without saying so. */
  readonly suspectedRetry: boolean;
  /** Null when it succeeded as expected; otherwise a code of the catalogue of causes. */
  readonly failure: string | null;
  /** Who refused it, as it should be; absent: nobody did. */
  readonly refusedBy?: string | null;
}
