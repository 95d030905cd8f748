import type { Socket } from "node:net";
import type { Failure } from "#core/observations/failure.ts";
import { bytes } from "#core/units.ts";
import { bodyBytesMax, headerBytesMax } from "#node/sockets/answer-limits.ts";
import { createFairReading } from "#node/sockets/fair-reading.ts";
import type { PreparedRequest } from "./prepare.ts";
import { createResponseParser, type Progress, type ResponseParser } from "./response-parser.ts";
import type { Talk, TalkEvents, TalkMeans } from "./talk.ts";

export interface Http1Talk extends Talk {
  /** What the peer sent; its memory may be used again afterwards. */
  take(chunk: Buffer): void;
}

/** One for all connections of a thread: they share its loop. */
const readFairly = createFairReading();

export function talkHttp1(socket: Socket, { clock, cache, room }: TalkMeans, events: TalkEvents): Http1Talk {
  const parser = createResponseParser(cache, room);
  let busy = false;

  const settle = (progress: Progress): void => {
    if (progress === "more") {
      readFairly(socket);
      return;
    }
    const atMs = clock();
    busy = false;
    if (progress === "refused") {
      events.broken(refusalOf(parser));
      return;
    }
    const { status, headers } = parser.head;
    // What comes unasked would be taken for the answer to the next request.
    const keptAlive = parser.keptAlive && !parser.surplus;
    events.answered({ status, headers, body: parser.body(), keptAlive }, atMs);
  };

  return {
    send({ asked, wireAt, keepsBody }: PreparedRequest) {
      const wire = wireAt(Date.now());
      parser.begin({ method: asked.method, keepsBody });
      busy = true;
      const atMs = clock();
      socket.write(wire, "latin1");
      return atMs;
    },
    take(chunk) {
      if (busy) settle(parser.push(chunk));
      else events.broken({ kind: "malformed", detail: "it speaks without having been asked" });
    },
    ended() {
      if (busy) settle(parser.end());
    },
    get begun() {
      return parser.begun;
    },
    close: parser.close,
  };
}

function refusalOf({ excess, problem }: ResponseParser): Failure {
  if (excess === null) return { kind: "malformed", detail: problem };
  const limitBytes = bytes(excess === "headers" ? headerBytesMax : bodyBytesMax);
  return { kind: "answer-too-large", part: excess, limitBytes };
}
