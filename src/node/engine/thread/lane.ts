import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Ms } from "#core/units.ts";
import { codeOfFailure, type FailureCode } from "../failure-codes.ts";
import type { RawSample } from "../sample-batch.ts";
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
  /** A request has come to its end, and with it a connection is free or may be opened. */
  readonly onRoom: (after: "answer" | "failure") => void;
}

/** A connection and the request on it. */
interface Seat {
  link: Link | null;
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
    const seat = createSeat(target.connection);
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
      if (seat.busy) return fail(seat, codeOfFailure(failure, endingOf(seat)));
      seats.delete(seat);
      const at = idle.indexOf(seat);
      if (at !== -1) idle.splice(at, 1);
      lost += 1;
    },
  });

  const reuse = (request: PreparedRequest, dueMs: number | null): boolean => {
    for (let seat = idle.pop(); seat !== undefined; seat = idle.pop()) {
      if (clock() >= seat.endsAtMs) {
        discard(seat);
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
      discard(seat);
      lost += 1;
    } else if (seat.served >= seat.servedMax || atMs >= seat.endsAtMs) discard(seat);
    else idle.push(seat);
    onRoom("answer");
  };

  const fail = (seat: Seat, failure: FailureCode): void => {
    const atMs = clock();
    emit(sampleOf(means, seat, failure, atMs));
    release(seat, atMs);
    discard(seat);
    onRoom("failure");
  };

  const release = (seat: Seat, atMs: number): void => {
    if (idle.length === 0 && seats.size >= means.connectionsMax) roomSinceMs = atMs;
    seat.busy = false;
    seat.request = null;
    underWay -= 1;
  };

  const discard = (seat: Seat): void => {
    seats.delete(seat);
    seat.link?.close();
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
        if (seat.busy && now - seat.startedMs >= target.timeoutMs) fail(seat, timedOut(seat));
      }
    },
    close() {
      const cutOff = underWay;
      for (const seat of seats) seat.link?.close();
      seats.clear();
      idle.length = 0;
      underWay = 0;
      return cutOff;
    },
  };
}

const createSeat = ({ requestsMax, ageMsMax }: PlannedTarget["connection"]): Seat => ({
  link: null,
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
    couldReuse: seat.couldReuse,
    failure,
  };
}
