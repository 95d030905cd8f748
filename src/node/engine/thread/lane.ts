import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { ConnectionEndKind } from "#core/statistics/connection-end.ts";
import type { Ms } from "#core/units.ts";
import { codeOfFailure, type FailureCode } from "../failure-codes.ts";
import type { RawEnd, RawSample } from "../sample-batch.ts";
import type { Clock } from "./clock.ts";
import { type Answer, judgeAnswer } from "./judge-answer.ts";
import { type LinkEvents, openLink, type Place } from "./link.ts";
import type { PreparedRequest } from "./prepare.ts";
import { createSeat, endingOf, endOf, noteLate, type Seat, sampleOf, take, timeoutOf } from "./seat.ts";

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
  /**
   * Ends the connections that nothing is under way on, and opens so many with the requests to come; from then on they serve in
   * turn, so that each address has its share.
   */
  renew(connections: number): void;
  /** Ends all connections. @returns how many requests were under way */
  close(): number;
}

/** That the target answers, seen on any of the connections to it. */
export interface Witness {
  /** Of all answered requests, when the last of them was sent. */
  answeredSentMs: number;
}

export interface LaneMeans {
  readonly target: PlannedTarget;
  /** The target's, in the plan. */
  readonly number: number;
  /** Whether what is due, or begun, then is measured. @param atMs since the load began */
  readonly isMeasured: (atMs: number) => boolean;
  readonly connectionsMax: number;
  readonly clock: Clock;
  /** Takes turns among the addresses. */
  readonly nextPlace: () => Place;
  readonly witness: Witness;
  readonly emit: (sample: RawSample) => void;
  /** Of every connection that a sample tells of. */
  readonly onEnd: (end: RawEnd) => void;
  /** A request has come to its end, and with it a connection is free or may be opened. */
  readonly onRoom: (after: "answer" | "failure") => void;
}

export function createLane(means: LaneMeans): Lane {
  const { target, clock, emit, onRoom, witness } = means;
  const here = { target: means.number, isMeasured: means.isMeasured };
  const seats = new Set<Seat>();
  const idle: Seat[] = [];
  let underWay = 0;
  let inTurn = false;
  let toOpen = 0;
  /** Connections that the peer has ended though they might have served on: a new one is then opened for want of an old one. */
  let lost = 0;
  /** When a connection was last free after all were busy. */
  let roomSinceMs = 0;

  const write = (seat: Seat): void => {
    if (seat.link === null || seat.request === null) return;
    seat.sentMs = seat.link.send(seat.request);
  };

  const open = (request: PreparedRequest, dueMs: number | null): void => {
    const now = clock();
    const seat = createSeat(target.connection, { beganMs: now, couldReuse: lost > 0 });
    if (lost > 0) lost -= 1;
    seats.add(seat);
    underWay += 1;
    take(seat, request, dueMs, now);
    noteLate(seat, now, roomSinceMs);
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

  // The last that was free keeps few connections busy; the first keeps all of them so.
  const nextIdle = (): Seat | undefined => (inTurn ? idle.shift() : idle.pop());

  const reuse = (request: PreparedRequest, dueMs: number | null): boolean => {
    for (let seat = nextIdle(); seat !== undefined; seat = nextIdle()) {
      const now = clock();
      if (now >= seat.endsAtMs) {
        discard(seat, "retired", now);
        continue;
      }
      underWay += 1;
      take(seat, request, dueMs, now);
      seat.couldReuse = true;
      write(seat);
      const sentMs = seat.sentMs ?? now;
      noteLate(seat, sentMs, roomSinceMs);
      seat.idleMs = sentMs - seat.lastReadMs;
      return true;
    }
    return false;
  };

  const answered = (seat: Seat, answer: Answer, atMs: Ms): void => {
    const { request, sentMs } = seat;
    if (request === null || sentMs === null) return;
    emit(sampleOf(seat, here, judgeAnswer(answer, request, target), atMs));
    witness.answeredSentMs = Math.max(witness.answeredSentMs, sentMs);
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
    emit(sampleOf(seat, here, { failure, refusedBy: null }, atMs));
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

  return {
    send(request, dueMs) {
      if (toOpen === 0 && reuse(request, dueMs)) return true;
      toOpen = Math.max(0, toOpen - 1);
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
        const { request } = seat;
        if (request !== null && now - seat.startedMs >= request.timeoutMs)
          fail(seat, timeoutOf(seat, request.timeoutMs, witness.answeredSentMs), "timeout");
      }
    },
    renew(connections) {
      inTurn = true;
      toOpen = connections;
      const now = clock();
      for (const seat of idle.splice(0)) discard(seat, "retired", now);
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
