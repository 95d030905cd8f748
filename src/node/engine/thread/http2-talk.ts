import { connect, constants, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from "node:http2";
import type { Socket } from "node:net";
import { bytes } from "#core/units.ts";
import { bodyBytesMax, headerBytesMax } from "#node/sockets/answer-limits.ts";
import { createByteCollector } from "#node/sockets/byte-collector.ts";
import { endSession } from "#node/sockets/end-session.ts";
import { createFairReading } from "#node/sockets/fair-reading.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import type { Answer } from "./judge-answer.ts";
import type { Talk, TalkEvents, TalkMeans } from "./talk.ts";

type Head = IncomingHttpHeaders & IncomingHttpStatusHeader;

/** One for all connections of a thread: they share its loop. */
const readFairly = createFairReading();
/** Bodies of fewer frames do not hold up the loop. */
const piecesUsual = 8;

/** HTTP/2 with one request at a time, as each virtual user of k6 has it: what is compared is the path, not multiplexing. */
export function talkHttp2(socket: Socket, { clock, room }: TalkMeans, events: TalkEvents): Talk {
  const session = connect("http://pathproof", {
    createConnection: () => socket,
    settings: { enablePush: false, maxHeaderListSize: headerBytesMax },
    maxHeaderListPairs: 4096,
  });
  let begun = false;
  let busy = false;
  let leaving = false;
  const kept = createByteCollector(room);
  session.on("error", (error) => events.broken(toFailure(error, "wait")));
  session.on("close", () => events.broken({ kind: "closed", phase: "wait" }));
  session.on("goaway", () => {
    leaving = true;
    if (!busy) events.broken({ kind: "closed", phase: "wait" });
  });

  return {
    send({ body, headersAt, keepsBody }) {
      const headers = headersAt(Date.now());
      begun = false;
      busy = true;
      let head: Head | null = null;
      let lastMs = clock();
      let silent = true;
      let pieces = 0;
      const sentMs = lastMs;
      // A session that has just ended may not have said so yet.
      if (session.destroyed || session.closed) {
        setImmediate(() => events.broken(closed));
        return sentMs;
      }
      const stream = session.request(headers, { endStream: body === null });
      const heard = (): void => {
        begun = true;
        lastMs = clock();
      };
      stream.on("headers", heard);
      stream.on("response", (found) => {
        head = found;
        heard();
      });
      stream.on("data", (chunk: Buffer) => {
        heard();
        pieces += 1;
        if (pieces > piecesUsual) readFairly(stream);
        silent &&= chunk.length === 0;
        if (head === null || !keepsBody(head[":status"] ?? 0)) return;
        const fits = kept.length + chunk.length <= bodyBytesMax && kept.add(chunk);
        if (!fits) events.broken({ kind: "answer-too-large", part: "body", limitBytes: bytes(bodyBytesMax) });
      });
      // The end of the stream alone, of one without a body too.
      stream.on("end", () => {
        if (silent) lastMs = clock();
      });
      stream.on("error", (error) => events.broken(leaving ? closed : toFailure(error, "wait")));
      // Not at `end`: that comes for a stream that was cut off as well.
      stream.on("close", () => {
        busy = false;
        if (head === null || stream.rstCode !== constants.NGHTTP2_NO_ERROR || stream.aborted)
          return events.broken(closed);
        const answer = answerOf(head, kept.bytes, !leaving);
        kept.clear();
        events.answered(answer, lastMs);
      });
      if (body !== null) stream.end(body);
      return sentMs;
    },
    ended() {},
    get begun() {
      return begun;
    },
    close() {
      kept.drop();
      endSession(session, socket);
    },
  };
}

const closed = { kind: "closed", phase: "wait" } as const;

const answerOf = (head: Head, body: Buffer, keptAlive: boolean): Answer => ({
  status: head[":status"] ?? 0,
  headers: Object.entries(head).flatMap(([name, value]) =>
    name.startsWith(":") || value === undefined
      ? []
      : [value].flat().map((one): readonly [string, string] => [name, String(one)]),
  ),
  body: body.toString("utf8"),
  keptAlive,
});
