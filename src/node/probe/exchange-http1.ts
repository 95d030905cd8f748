import { type ClientRequest, type IncomingMessage, request as open } from "node:http";
import type { Answered } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import { bytes, type Ms } from "#core/units.ts";
import { bodyBytesMax, headerBytesMax } from "#node/sockets/answer-limits.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import { type BodyIntake, createBodyIntake } from "./body.ts";
import type { ComposedRequest } from "./compose.ts";
import { type Course, startStations } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { failed, type Got, got } from "./got.ts";
import { createOpening, type Opening } from "./opening.ts";
import type { Wire } from "./wire.ts";
import { type Budget, within } from "./within.ts";

export interface Errand {
  readonly wire: Wire;
  readonly request: ComposedRequest;
  readonly firstByteMs: Ms;
  readonly budget: Budget;
  readonly course: Course;
}

/** An answer that is whole while its request still is not written by then was given early, as 413 is. */
const writtenWithinMs = 100;

/** More interim answers than anyone has a use for; each costs as much as an answer. */
const interimMax = 100;

/** What came in time may be read a little late, by a loop that was busy elsewhere. */
const floodGraceMs = 500;

/** Writes one HTTP/1.1 request on a wire and reads the answer to its end; strict about what comes back. */
export function exchangeHttp1({ wire, request, firstByteMs, budget, course }: Errand): Promise<Got<Answered>> {
  return within<Answered>(
    budget,
    () => course.phase,
    null,
    (settle) => {
      const stations = startStations(course, firstByteMs, () =>
        settle(failed({ kind: "timeout", phase: course.phase, afterMs: firstByteMs })),
      );
      const intake = createBodyIntake();
      const opening = createOpening(request.secrets);
      let response: IncomingMessage | null = null;
      let complete: (() => void) | null = null;
      let callOff = (): void => {};
      const end = (failure: Failure): void =>
        complete === null ? settle(failed(refine(failure, response, intake, opening))) : complete();
      const fail = (error: unknown): void => end(toFailure(error, course.phase));

      const sending = write(wire, request);
      sending.on("socket", () => {
        stations.writing(wire.beginRequest("http/1.1"));
        wire.read((chunk) => {
          // Whoever floods keeps the loop from its timers, and everyone else's from being heard.
          if (performance.now() > budget.endsAt + floodGraceMs)
            settle(failed({ kind: "timeout", phase: course.phase, afterMs: budget.totalMs }));
          opening.take(chunk);
          stations.reading();
        });
      });
      sending.on("finish", stations.written);
      let interim = 0;
      sending.on("information", () => {
        stations.interim();
        if (++interim > interimMax)
          settle(failed({ kind: "malformed", detail: `more than ${interimMax} interim answers (1xx)` }));
      });
      sending.on("upgrade", () => settle(failed({ kind: "malformed", detail: "it switched protocols unasked" })));
      sending.on("error", fail);
      sending.on("response", (incoming) => {
        response = incoming;
        stations.beginning();
        incoming.on("error", fail);
        incoming.on("data", (chunk: Buffer) => {
          if (!intake.take(chunk))
            settle(failed({ kind: "answer-too-large", part: "body", limitBytes: bytes(bodyBytesMax) }));
        });
        incoming.on("end", () => {
          const answer = got(answered(incoming, sending.shouldKeepAlive, intake, request.secrets));
          complete = () => settle(answer);
          if (course.writeEndedAt !== null) return complete();
          // On a busy machine an answer is read before the kernel has said that the request was written.
          sending.once("finish", complete);
          callOff = startDeadline(writtenWithinMs, complete);
        });
      });
      // Should Node ever end a request without a word, it must not hang until its deadline.
      sending.on("close", () => end({ kind: "closed", phase: course.phase }));
      return () => {
        stations.leave();
        callOff();
        wire.stopReading();
      };
    },
  );
}

/** node:http's parser on our own socket: no agent, hence nothing that reuses or retries unseen. */
function write(wire: Wire, { method, path, headers, body }: ComposedRequest): ClientRequest {
  const sending = open({
    createConnection: () => wire.socket,
    method,
    path,
    headers: { ...headers },
    setHost: false,
    maxHeaderSize: headerBytesMax,
    insecureHTTPParser: false,
  });
  // Without an agent Node would announce `connection: close`; in HTTP/1.1 keeping alive goes without saying.
  sending.shouldKeepAlive = true;
  sending.removeHeader("connection");
  // One write for the head and the body, as long as they fit.
  sending.end(body ?? undefined);
  return sending;
}

function answered(
  incoming: IncomingMessage,
  keptAlive: boolean,
  intake: BodyIntake,
  secrets: readonly string[],
): Answered {
  const { statusCode, statusMessage, rawHeaders } = incoming;
  return {
    kind: "answered",
    status: statusCode ?? 0,
    statusText: statusMessage ?? "",
    headers: pairs(rawHeaders),
    ...intake.finish(secrets),
    keptAlive,
  };
}

const pairs = (raw: readonly string[]): readonly (readonly [string, string])[] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [
    (raw[2 * index] ?? "").toLowerCase(),
    raw[2 * index + 1] ?? "",
  ]);

/** What only the exchange can know: how much of a body was there, and how something that is not HTTP began. */
function refine(failure: Failure, response: IncomingMessage | null, intake: BodyIntake, opening: Opening): Failure {
  if (failure.kind === "closed" && response !== null) {
    const announced = Number(response.headers["content-length"] ?? Number.NaN);
    const expectedBytes = Number.isNaN(announced) ? null : bytes(announced);
    return { kind: "truncated", expectedBytes, receivedBytes: intake.bytes };
  }
  if (failure.kind === "malformed" && response === null) {
    return { kind: "malformed", detail: `${failure.detail}; ${opening.describe()}` };
  }
  return failure;
}
