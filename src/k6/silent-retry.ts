/** The parts of k6's timings that tell how a request came by its connection; milliseconds. */
export interface Timings {
  readonly blocked: number;
  readonly connecting: number;
  readonly tls_handshaking: number;
  readonly sending: number;
}

/** A request that spent no time connecting went out on an open connection: k6 has no flag for it. */
export const openedConnection = ({ connecting, tls_handshaking }: Timings): boolean =>
  connecting > 0 || tls_handshaking > 0;

/**
 * Sees requests that k6's transport sent twice without saying so: it does when a kept connection dies before the first byte
 * of an answer, and reports the second try as if it had gone out on an open connection. The time of the second dial then
 * stands in `blocked`, and `sending` holds it too, with the lost try before it.
 *
 * @see https://github.com/golang/go/blob/go1.26.0/src/net/http/transport.go#L818
 */
export function createRetryDetector(): (timings: Timings) => boolean {
  let dialMsMin = Number.POSITIVE_INFINITY;
  return (timings) => {
    if (openedConnection(timings)) {
      dialMsMin = Math.min(dialMsMin, timings.connecting + timings.tls_handshaking);
      return false;
    }
    const { blocked, sending } = timings;
    return dialMsMin !== Number.POSITIVE_INFINITY && blocked > Math.max(dialMsMin / 2, floorMs) && sending > blocked;
  };
}

/** What a request waits for an open connection at most, measured on loopback: 0.028 ms. */
const floorMs = 0.03;
