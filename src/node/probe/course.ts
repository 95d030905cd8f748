import type { Connection, Phases } from "#core/observations/exchange.ts";
import type { Phase } from "#core/observations/failure.ts";
import { type Ms, ms } from "#core/units.ts";
import { startDeadline } from "./deadline.ts";

/** How far an exchange has come, and when it came there (by `performance.now()`): written while it runs, read at its end. */
export interface Course {
  readonly startedAt: number;
  phase: Phase;
  dnsMs: Ms | null;
  connectMs: Ms | null;
  tlsMs: Ms | null;
  /** As the request was written. */
  connection: Connection | null;
  writeBeganAt: number | null;
  writeEndedAt: number | null;
  readBeganAt: number | null;
  readEndedAt: number | null;
  /** What is asked of the kernel or the reference signer afterwards takes no time of the exchange's. */
  endedAt: number | null;
}

export const startCourse = (startedAt: number, dnsMs: Ms | null): Course => ({
  startedAt,
  phase: "dns",
  dnsMs,
  connectMs: null,
  tlsMs: null,
  connection: null,
  writeBeganAt: null,
  writeEndedAt: null,
  readBeganAt: null,
  readEndedAt: null,
  endedAt: null,
});

/** @param answered whether the answer was read to its end */
export function phasesOf(course: Course, answered: boolean): Phases {
  const { writeBeganAt, writeEndedAt, readBeganAt, readEndedAt } = course;
  return {
    dnsMs: course.dnsMs,
    connectMs: course.connectMs,
    tlsMs: course.tlsMs,
    sendMs: between(writeBeganAt, writeEndedAt),
    // Some answer before they have read the whole request (413): then nothing was waited for.
    waitMs: between(writeEndedAt, readBeganAt),
    receiveMs: answered ? between(readBeganAt, readEndedAt) : null,
    serviceMs: answered ? between(writeBeganAt, readEndedAt) : null,
    totalMs: ms((course.endedAt ?? performance.now()) - course.startedAt),
  };
}

const between = (from: number | null, to: number | null): Ms | null =>
  from === null || to === null ? null : ms(Math.max(0, to - from));

/** Marks the stations of a request and its answer, and limits the wait between them. */
export interface Stations {
  writing(connection: Connection): void;
  written(): void;
  /** Bytes of the answer were read. */
  reading(): void;
  /** What was read was an interim answer (1xx): the wait goes on. */
  interim(): void;
  /** The final answer begins with what was read last. */
  beginning(): void;
  leave(): void;
}

/** @param onSilence called when the first byte of the answer does not come within `firstByteMs` of the request's last */
export function startStations(course: Course, firstByteMs: Ms, onSilence: () => void): Stations {
  let callOff = (): void => {};
  let readAt = 0;
  const wait = (): void => {
    course.phase = "wait";
    callOff();
    callOff = startDeadline(firstByteMs, onSilence);
  };
  const receive = (): void => {
    course.readBeganAt ??= readAt;
    course.phase = "receive";
    callOff();
  };
  return {
    writing(connection) {
      course.connection = connection;
      course.phase = "send";
      course.writeBeganAt = performance.now();
    },
    written() {
      course.writeEndedAt ??= performance.now();
      if (course.phase === "send") wait();
    },
    reading() {
      readAt = performance.now();
      course.readEndedAt = readAt;
      receive();
    },
    interim() {
      course.readBeganAt = null;
      wait();
    },
    beginning: receive,
    leave: () => callOff(),
  };
}
