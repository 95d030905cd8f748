/** What k6 says of a request that seems to have gone out on an open connection. All in milliseconds. */
export interface SeenReuse {
  readonly blockedMs: number;
  readonly sendingMs: number;
}

/**
 * Tells a request that k6's transport sent twice in silence from one that found its connection open.
 *
 * Where a reused connection turns out dead, k6 dials again and shows neither: `connecting` and `tls_handshaking` stay 0,
 * `blocked` is the second dial, and `sending`, counted from the first attempt, holds that dial and more. On an open
 * connection `blocked` is a few microseconds. So it is suspected when getting the connection took as long as half a usual
 * dial, and sending no less than that. Only for requests that a VU sends one after the other: else `blocked` may be a wait.
 */
export interface RetryDetector {
  /** A request that opened its connection: how long the dial and the handshake took. */
  dialled(ms: number): void;
  suspects(seen: SeenReuse): boolean;
}

/** On loopback, without delay, open connections took up to 0.028 ms and dials from 0.058 ms. */
const floorMs = 0.03;

export function createRetryDetector(): RetryDetector {
  let medianMs = 0;
  return {
    // An estimate that follows the median in constant time: as many steps up as down.
    dialled(ms) {
      if (medianMs === 0) medianMs = ms;
      else medianMs *= ms > medianMs ? 1.05 : 1 / 1.05;
    },
    suspects: ({ blockedMs, sendingMs }) => blockedMs > Math.max(floorMs, medianMs / 2) && sendingMs >= blockedMs,
  };
}
