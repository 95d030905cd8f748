import type { Ms } from "#core/units.ts";

/** What is known of how long connections to a target may be kept: the worst of its addresses. */
export interface Measured {
  /** The longest silence that was survived; null where none was. */
  readonly survivedMs: Ms | null;
  /** The shortest that was not; null where all were. */
  readonly closedMs: Ms | null;
  /** Whether the peer was seen to close, so that `closedMs` is the timeout itself. */
  readonly exact: boolean;
  readonly closeKind: "fin" | "rst" | "rst-on-next-byte" | "silent" | "none";
  /** `l4`: TCP keep-alive resets the timer; `l7`: only requests do. */
  readonly layer: "l4" | "l7" | null;
  /** The age at which connections end, as measured or, where that was not asked, as expected; null: none is known. */
  readonly lifetimeMs: Ms | null;
  /** How many requests a connection serves; null: no end was met. */
  readonly requestsMax: number | null;
  /** There and back, half of what the path adds at times included. */
  readonly rttMs: Ms | null;
}
