import type { Failure } from "#core/observations/failure.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { ConnectionEndKind } from "#core/statistics/connection-end.ts";
import { codeOfFailure, type Ending, type FailureCode } from "../failure-codes.ts";
import type { RawSample } from "../sample-batch.ts";
import type { Judged } from "./judge-answer.ts";
import type { Link } from "./link.ts";
import type { PreparedRequest } from "./prepare.ts";

/** A connection and the request on it. */
export interface Seat {
  link: Link | null;
  /** When it was begun to be opened. */
  readonly beganMs: number;
  busy: boolean;
  request: PreparedRequest | null;
  dueMs: number | null;
  /** When it was turned to; with a new connection that is before it was sent. */
  startedMs: number;
  /** Null while its connection is being opened. */
  sentMs: number | null;
  lateMs: number | null;
  /** Before it was sent; null on a new connection. */
  idleMs: number | null;
  couldReuse: boolean;
  served: number;
  /** The client ends it after so many. */
  servedMax: number;
  endsAtMs: number;
  lastReadMs: number;
}

export const createSeat = (
  { requestsMax, ageMsMax }: PlannedTarget["connection"],
  { beganMs, couldReuse }: Pick<Seat, "beganMs" | "couldReuse">,
): Seat => ({
  link: null,
  beganMs,
  busy: false,
  request: null,
  dueMs: null,
  startedMs: 0,
  sentMs: null,
  lateMs: null,
  idleMs: null,
  couldReuse,
  served: 0,
  // Never more than planned, and not all at once.
  servedMax: requestsMax === null ? Number.POSITIVE_INFINITY : Math.ceil(requestsMax * spread()),
  endsAtMs: ageMsMax === null ? Number.POSITIVE_INFINITY : ageMsMax * spread(),
  lastReadMs: 0,
});

const spread = (): number => 0.8 + Math.random() * 0.2;

export function take(seat: Seat, request: PreparedRequest, dueMs: number | null, nowMs: number): void {
  seat.busy = true;
  seat.request = request;
  seat.dueMs = dueMs;
  seat.startedMs = nowMs;
  seat.sentMs = null;
  seat.lateMs = null;
  seat.idleMs = null;
}

/** @param sinceMs from when on a connection was free for it: what it waited for one is not the engine's own delay */
export function noteLate(seat: Seat, atMs: number, sinceMs: number): void {
  seat.lateMs = seat.dueMs === null ? null : Math.max(0, atMs - Math.max(seat.dueMs, sinceMs));
}

export const endingOf = ({ link, served }: Seat): Ending => ({
  phase: link?.phase ?? "connect",
  reusedSocket: served > 0,
  begun: link?.begun === true,
});

export function endOf({ kind }: Failure): ConnectionEndKind {
  if (kind === "closed" || kind === "truncated") return "fin";
  return kind === "reset" ? "rst" : "broken";
}

/** No middlebox forgets a flow that was used a second ago: who then keeps silent is slow. */
const forgottenAfterMs = 1000;

/** @param answeredSentMs of all answered requests to the target, when the last of them was sent */
export function timeoutOf(seat: Seat, timeoutMs: PlannedTarget["timeoutMs"], answeredSentMs: number): FailureCode {
  const ending = endingOf(seat);
  const forgotten =
    ending.reusedSocket &&
    !ending.begun &&
    (seat.idleMs ?? 0) >= forgottenAfterMs &&
    answeredSentMs > (seat.sentMs ?? 0);
  if (forgotten) return "stale-reuse-silent";
  return codeOfFailure({ kind: "timeout", phase: ending.phase, afterMs: timeoutMs }, ending);
}

/** What came of the request, which has just ended. */
export function sampleOf(
  seat: Seat,
  { target, isMeasured }: { readonly target: number; readonly isMeasured: (atMs: number) => boolean },
  { failure, refusedBy }: Judged,
  atMs: number,
): RawSample {
  const { link, dueMs, startedMs, sentMs, served } = seat;
  const opened = served === 0;
  return {
    target,
    measured: isMeasured(dueMs ?? startedMs),
    sentAtMs: sentMs ?? startedMs,
    serviceMs: failure === null && sentMs !== null ? atMs - sentMs : null,
    responseMs: failure === null && dueMs !== null ? atMs - dueMs : null,
    lateMs: seat.lateMs,
    connectMs: opened ? (link?.connectMs ?? null) : null,
    tlsMs: opened ? (link?.tlsMs ?? null) : null,
    reusedSocket: !opened,
    idleMs: opened ? null : seat.idleMs,
    idempotent: seat.request?.idempotent === true,
    couldReuse: seat.couldReuse,
    failure,
    refusedBy,
  };
}
