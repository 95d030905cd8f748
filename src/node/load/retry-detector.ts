/** What k6 says of a request that seems to have gone out on an open connection. */
export interface SeenReuse {
  /** What the script calls it: requests of one name are about equally long. */
  readonly name: string;
  readonly blockedMs: number;
  readonly sendingMs: number;
  /** What its iteration wrote to the network; null where that was not this request alone. */
  readonly bytes: number | null;
}

/**
 * Tells a request that k6's transport sent twice in silence from one that found its connection open.
 *
 * Where a reused connection turns out dead, k6 dials again and shows neither: `connecting` and `tls_handshaking` stay 0,
 * `blocked` is the second dial, and `sending`, counted from the first attempt, holds that dial and more. On an open
 * connection `blocked` is a few microseconds. A busy machine can imitate that, once in some thousand requests; it cannot
 * imitate that the bytes of the request went out twice. Only for requests that a VU sends one after the other: otherwise
 * `blocked` may be a wait for one another.
 *
 * @see https://github.com/golang/go/blob/go1.26.0/src/net/http/transport.go#L818 for when Go sends again
 */
export interface RetryDetector {
  /** What an answered request wrote that opened its connection in the clear: one attempt, and no handshake with it. */
  wroteOnce(name: string, bytes: number): void;
  suspects(seen: SeenReuse): boolean;
}

/** Measured on loopback: open connections take 0.005 ms at the median, dials 0.036 ms at least. */
const dialMsMin = 0.033;
/** Lengths of one name differ a little: a date, a count. The bytes of a second attempt are far more. */
const oneAttempt = 1.2;
const namesMax = 1000;

export function createRetryDetector(): RetryDetector {
  // By name, the least that was written by what cannot have been two attempts.
  const shortest = new Map<string, number>();
  const wroteOnce = (name: string, bytes: number): void => {
    const known = shortest.get(name);
    if (known === undefined ? shortest.size < namesMax : bytes < known) shortest.set(name, bytes);
  };
  return {
    wroteOnce,
    suspects({ name, blockedMs, sendingMs, bytes }) {
      if (blockedMs < dialMsMin || sendingMs < blockedMs) {
        if (bytes !== null) wroteOnce(name, bytes);
        return false;
      }
      const once = shortest.get(name);
      return bytes === null || once === undefined || bytes > once * oneAttempt;
    },
  };
}
