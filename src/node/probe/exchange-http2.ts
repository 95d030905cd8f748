import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from "node:http2";
import type { Answered } from "#core/observations/exchange.ts";
import type { Failure } from "#core/observations/failure.ts";
import { bytes } from "#core/units.ts";
import { bodyBytesMax, headerBytesMax } from "#node/sockets/answer-limits.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import { type BodyIntake, createBodyIntake } from "./body.ts";
import type { ComposedRequest } from "./compose.ts";
import { startStations } from "./course.ts";
import type { Errand } from "./exchange-http1.ts";
import { failed, type Got, got } from "./got.ts";
import type { Wire } from "./wire.ts";
import { within } from "./within.ts";

/**
 * The same on HTTP/2. Its session reads the socket in native code, so that the first byte of an answer is seen with its
 * first frame.
 */
export function exchangeHttp2({ wire, request, firstByteMs, budget, course }: Errand): Promise<Got<Answered>> {
  return within<Answered>(
    budget,
    () => course.phase,
    null,
    (settle) => {
      const stations = startStations(course, firstByteMs, () =>
        settle(failed({ kind: "timeout", phase: course.phase, afterMs: firstByteMs })),
      );
      const intake = createBodyIntake();
      const session = sessionOn(wire);
      stations.writing(wire.beginRequest("h2"));
      const stream = session.request(pseudoHeaders(request, wire.tls === null ? "http" : "https"), {
        endStream: request.body === null,
      });
      let head: IncomingHttpHeaders | null = null;
      let goaway = false;
      const onGoaway = (): void => {
        goaway = true;
      };
      const end = (failure: Failure): void => settle(failed(refine(failure, head, intake, goaway)));
      const fail = (error: unknown): void => end(toFailure(error, course.phase));
      const heard = (): void => {
        wire.noteRead(stream);
        stations.reading();
      };
      session.on("goaway", onGoaway);
      session.on("error", fail);
      stream.on("finish", stations.written);
      stream.on("headers", () => {
        heard();
        stations.interim();
      });
      stream.on("response", (headers) => {
        head = headers;
        heard();
      });
      stream.on("data", (chunk: Buffer) => {
        heard();
        if (!intake.take(chunk)) {
          settle(failed({ kind: "answer-too-large", part: "body", limitBytes: bytes(bodyBytesMax) }));
        }
      });
      stream.on("error", fail);
      // Not at `end`: that comes for a stream that was cut off as well.
      stream.on("close", () => {
        if (head !== null && stream.rstCode === constants.NGHTTP2_NO_ERROR && !stream.aborted) {
          settle(got(answered(head, !goaway, intake, request.secrets)));
        } else end({ kind: "closed", phase: course.phase });
      });
      if (request.body !== null) stream.end(request.body);
      return () => {
        stations.leave();
        session.off("goaway", onGoaway);
        session.off("error", fail);
      };
    },
  );
}

function sessionOn(wire: Wire): ClientHttp2Session {
  if (wire.session !== null) return wire.session;
  const session = connect("http://pathproof", {
    createConnection: () => wire.socket,
    settings: { enablePush: false, maxHeaderListSize: headerBytesMax },
    maxHeaderListPairs: 4096,
  });
  wire.speak(session);
  return session;
}

function pseudoHeaders({ method, path, headers }: ComposedRequest, scheme: string): Record<string, string> {
  const { host = "", ...others } = headers;
  return { ":method": method, ":path": path, ":scheme": scheme, ":authority": host, ...others };
}

function refine(failure: Failure, head: IncomingHttpHeaders | null, intake: BodyIntake, goaway: boolean): Failure {
  if (failure.kind === "closed" && head !== null) {
    const announced = Number(head["content-length"] ?? Number.NaN);
    const expectedBytes = Number.isNaN(announced) ? null : bytes(announced);
    return { kind: "truncated", expectedBytes, receivedBytes: intake.bytes };
  }
  // A stream that a GOAWAY left behind was never looked at: the connection is closing, nobody has reset it.
  if (failure.kind === "reset" && goaway) return { kind: "closed", phase: failure.phase };
  return failure;
}

function answered(
  head: IncomingHttpHeaders & { readonly ":status"?: number },
  keptAlive: boolean,
  intake: BodyIntake,
  secrets: readonly string[],
): Answered {
  return {
    kind: "answered",
    status: head[":status"] ?? 0,
    statusText: "",
    headers: Object.entries(head).flatMap(([name, value]) =>
      name.startsWith(":") || value === undefined
        ? []
        : [value].flat().map((one): readonly [string, string] => [name, String(one)]),
    ),
    ...intake.finish(secrets),
    keptAlive,
  };
}
