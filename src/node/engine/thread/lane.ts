import type { Failure } from "#core/observations/failure.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { ConnectionEndKind } from "#core/statistics/connection-end.ts";
import type { Ms } from "#core/units.ts";
import { codeOfFailure, type FailureCode } from "../failure-codes.ts";
import type { RawEnd, RawSample } from "../sample-batch.ts";
import type { Clock } from "./clock.ts";
import { type Answer, judgeAnswer } from "./judge-answer.ts";
import { type Link, type LinkEvents, openLink, type Place } from "./link.ts";
import type { PreparedRequest } from "./prepare.ts";

/** All connections of one thread to one target, and the requests on them. Never sends a request twice. */
export interface Lane {
  /** @param dueMs null where nothing is due. @returns false when every connection allowed is busy: nothing was sent */
  send(request: PreparedRequest, dueMs: number | null): boolean;
  /** Whether a request would be sent now. */
  readonly hasRoom: boolean;
  readonly underWay: number;
  /** Connections that are open or being opened. */
  readonly open: number;
  /** Gives up what has taken too long; to be called every few milliseconds. */
  look(): void;
  /** Ends all connections. @returns how many requests were under way */
  close(): number;
}

export interface LaneMeans {
  readonly target: PlannedTarget;
  /** The target's, in the plan. */
  readonly number: number;
  readonly warmupMs: number;
  readonly connectionsMax: number;
  readonly clock: Clock;
  /** Takes turns among the addresses. */
  readonly nextPlace: () => Place;
  readonly emit: (sample: RawSample) => void;
  /** Of every connection that a sample tells of. */
  readonly onEnd: (end: RawEnd) => void;
  /** A request has come to its end, and with it a connection is free or may be opened. */
  readonly onRoom: (after: "answer" | "failure") => void;
}

/** A connection and the request on it. */
interface Seat {
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

/** No middlebox forgets a flow that was used a second ago: who then keeps silent is slow. */
const forgottenAfterMs = 1000;

export function createLane(means: LaneMeans): Lane {
  const { target, clock, emit, onRoom } = means;
  const seats = new Set<Seat>();
  const idle: Seat[] = [];
  let underWay = 0;
  /** Connections that the peer has ended though they might have served on: a new one is then opened for want of an old one. */
  let lost = 0;
  /** When a connection was last free after all were busy. */
  let roomSinceMs = 0;
  /** Of all answered requests, when the last of them was sent. */
  let answeredSentMs = Number.NEGATIVE_INFINITY;

  const take = (seat: Seat, request: PreparedRequest, dueMs: number | null): void => {
    seat.busy = true;
    seat.request = request;
    seat.dueMs = dueMs;
    seat.startedMs = clock();
    seat.sentMs = null;
    seat.lateMs = null;
    seat.idleMs = null;
    underWay += 1;
  };

  const noteLate = (seat: Seat, atMs: number): void => {
    seat.lateMs = seat.dueMs === null ? null : Math.max(0, atMs - Math.max(seat.dueMs, roomSinceMs));
  };

  const write = (seat: Seat): void => {
    if (seat.link === null || seat.request === null) return;
    seat.sentMs = seat.link.send(seat.request);
  };

  const open = (request: PreparedRequest, dueMs: number | null): void => {
    const seat = createSeat(target.connection, clock());
    seat.couldReuse = lost > 0;
    if (lost > 0) lost -= 1;
    seats.add(seat);
    take(seat, request, dueMs);
    noteLate(seat, seat.startedMs);
    seat.link = openLink(means.nextPlace(), eventsFor(seat));
  };

  const eventsFor = (seat: Seat): LinkEvents => ({
    ready: () => {
      seat.endsAtMs += clock();
      write(seat);
    },
    answered: (answer, atMs) => answered(seat, answer, atMs),
    gone: (failure) => {
      if (seat.busy) return fail(seat, codeOfFailure(failure, endingOf(seat)), endOf(failure));
      seats.delete(seat);
      const atMs = clock();
      noteEnd(seat, endOf(failure), atMs, atMs - seat.lastReadMs);
      const at = idle.indexOf(seat);
      if (at !== -1) idle.splice(at, 1);
      lost += 1;
    },
  });

  const reuse = (request: PreparedRequest, dueMs: number | null): boolean => {
    for (let seat = idle.pop(); seat !== undefined; seat = idle.pop()) {
      if (clock() >= seat.endsAtMs) {
        discard(seat, "retired", clock());
        continue;
      }
      take(seat, request, dueMs);
      seat.couldReuse = true;
      write(seat);
      const sentMs = seat.sentMs ?? seat.startedMs;
      noteLate(seat, sentMs);
      seat.idleMs = sentMs - seat.lastReadMs;
      return true;
    }
    return false;
  };

  const answered = (seat: Seat, answer: Answer, atMs: Ms): void => {
    const { request, sentMs } = seat;
    if (request === null || sentMs === null) return;
    const failure = judgeAnswer(answer, request.asked, target);
    emit(sampleOf(means, seat, failure, atMs));
    answeredSentMs = Math.max(answeredSentMs, sentMs);
    seat.lastReadMs = atMs;
    seat.served += 1;
    release(seat, atMs);
    if (!answer.keptAlive) {
      discard(seat, "announced", atMs);
      lost += 1;
    } else if (seat.served >= seat.servedMax || atMs >= seat.endsAtMs) discard(seat, "retired", atMs);
    else idle.push(seat);
    onRoom("answer");
  };

  const fail = (seat: Seat, failure: FailureCode, how: ConnectionEndKind): void => {
    const atMs = clock();
    emit(sampleOf(means, seat, failure, atMs));
    release(seat, atMs);
    discard(seat, how, atMs);
    onRoom("failure");
  };

  const release = (seat: Seat, atMs: number): void => {
    if (idle.length === 0 && seats.size >= means.connectionsMax) roomSinceMs = atMs;
    seat.busy = false;
    seat.request = null;
    underWay -= 1;
  };

  const discard = (seat: Seat, how: ConnectionEndKind, atMs: number): void => {
    seats.delete(seat);
    seat.link?.close();
    noteEnd(seat, how, atMs);
  };

  const noteEnd = (seat: Seat, how: ConnectionEndKind, atMs: number, idleMs: number | null = null): void => {
    const connectMs = seat.link?.connectMs ?? null;
    // A dial that came to nothing was no connection.
    if (connectMs === null) return;
    const { beganMs, served } = seat;
    means.onEnd({ target: means.number, atMs, how, ageMs: Math.max(0, atMs - beganMs - connectMs), served, idleMs });
  };

  const timedOut = (seat: Seat): FailureCode => {
    const ending = endingOf(seat);
    const forgotten =
      ending.reusedSocket &&
      !ending.begun &&
      (seat.idleMs ?? 0) >= forgottenAfterMs &&
      answeredSentMs > (seat.sentMs ?? 0);
    if (forgotten) return "stale-reuse-silent";
    return codeOfFailure({ kind: "timeout", phase: ending.phase, afterMs: target.timeoutMs }, ending);
  };

  return {
    send(request, dueMs) {
      if (reuse(request, dueMs)) return true;
      if (seats.size >= means.connectionsMax) return false;
      open(request, dueMs);
      return true;
    },
    get hasRoom() {
      return idle.length > 0 || seats.size < means.connectionsMax;
    },
    get underWay() {
      return underWay;
    },
    get open() {
      return seats.size;
    },
    look() {
      const now = clock();
      for (const seat of seats) {
        if (seat.busy && now - seat.startedMs >= target.timeoutMs) fail(seat, timedOut(seat), "timeout");
      }
    },
    close() {
      const cutOff = underWay;
      const now = clock();
      for (const seat of seats) {
        seat.link?.close();
        // Its first request was cut off, and no sample has told of it.
        if (seat.served > 0) noteEnd(seat, "open", now);
      }
      seats.clear();
      idle.length = 0;
      underWay = 0;
      return cutOff;
    },
  };
}

const createSeat = ({ requestsMax, ageMsMax }: PlannedTarget["connection"], beganMs: number): Seat => ({
  link: null,
  beganMs,
  busy: false,
  request: null,
  dueMs: null,
  startedMs: 0,
  sentMs: null,
  lateMs: null,
  idleMs: null,
  couldReuse: false,
  served: 0,
  // Never more than planned, and not all at once.
  servedMax: requestsMax === null ? Number.POSITIVE_INFINITY : Math.ceil(requestsMax * spread()),
  endsAtMs: ageMsMax === null ? Number.POSITIVE_INFINITY : ageMsMax * spread(),
  lastReadMs: 0,
});

function endOf({ kind }: Failure): ConnectionEndKind {
  if (kind === "closed" || kind === "truncated") return "fin";
  return kind === "reset" ? "rst" : "broken";
}

const spread = (): number => 0.8 + Math.random() * 0.2;

const endingOf = ({ link, served }: Seat) => ({
  phase: link?.phase ?? "connect",
  reusedSocket: served > 0,
  begun: link?.begun === true,
});

function sampleOf({ number, warmupMs }: LaneMeans, seat: Seat, failure: FailureCode | null, atMs: number): RawSample {
  const { link, dueMs, startedMs, sentMs, served } = seat;
  const opened = served === 0;
  return {
    target: number,
    measured: (dueMs ?? startedMs) >= warmupMs,
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
  };
}
