import type { ConnectionEndKind } from "#core/statistics/connection-end.ts";
import { type Ms, ms } from "#core/units.ts";
import type { Pending } from "./pending-request.ts";

/** The one connection of a VU to a target, told from its requests: k6 says nothing of connections. */
export interface Kept {
  open: boolean;
  bornMs: number;
  /** When the last answer on it had come. */
  lastByteMs: number;
  served: number;
}

/** What a request tells of the VU's connection. */
export interface Seen {
  readonly opened: boolean;
  readonly broken: boolean;
  /** Whether it was sent again on another. */
  readonly again: boolean;
  /** When it began to look for one. */
  readonly dialledMs: number;
}

/** @param target its number */
export function keptBy({ kept }: Pending, target: number): Kept {
  const known = kept[target] ?? { open: false, bornMs: 0, lastByteMs: 0, served: 0 };
  kept[target] = known;
  return known;
}

export type TellEnd = (kept: Kept, how: ConnectionEndKind, atMs: number, idleMs: Ms | null) => void;

/** Follows a connection through a request on it, and tells of its end, if there was one. `atMs` is of k6's clock. */
export function keep(kept: Kept, request: Pending, { opened, broken, again, dialledMs }: Seen, end: TellEnd): void {
  if (request.parallel) {
    // Each of several at a time has a connection of its own, and nobody knows which of them this was.
    kept.open = !broken && !request.closing;
    return;
  }
  const { connected, errorCode } = request.tags;
  if (kept.open && again) end(kept, "unseen", request.endMs - request.duration, null);
  else if (kept.open && (opened || !connected))
    end(kept, "unseen", dialledMs, ms(Math.max(0, dialledMs - kept.lastByteMs)));
  if (!opened && !connected) return;
  if (!kept.open) {
    kept.open = true;
    kept.bornMs = opened ? dialledMs + request.blocked - request.tls : request.endMs - request.duration;
    kept.served = 0;
  }
  if (!broken) kept.served += 1;
  kept.lastByteMs = request.endMs;
  if (broken) end(kept, endOf(errorCode), request.endMs, null);
  else if (request.closing) end(kept, "retired", request.endMs, null);
}

/** @see https://github.com/grafana/k6/blob/master/lib/netext/httpext/error_codes.go */
function endOf(errorCode: number): ConnectionEndKind {
  if (errorCode === 1220) return "rst";
  if (errorCode === 1050) return "timeout";
  // A dial went wrong although a connection was had: k6 found that one dead, and sent again.
  if (errorCode > 1200 && errorCode < 1220) return "unseen";
  // An end that came too soon, and a few others that k6 tells apart in words only.
  return errorCode === 1000 ? "fin" : "broken";
}
