import { connect, constants, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from "node:http2";
import type { Socket } from "node:net";
import { bodyBytesMax, headerBytesMax } from "#node/sockets/answer-limits.ts";
import { endSession } from "#node/sockets/end-session.ts";
import { createFairReading } from "#node/sockets/fair-reading.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import type { Clock } from "./clock.ts";
import type { Answer } from "./judge-answer.ts";
import type { Talk, TalkEvents } from "./talk.ts";

type Head = IncomingHttpHeaders & IncomingHttpStatusHeader;

/** One for all connections of a thread: they share its loop. */
const readFairly = createFairReading();
/** Bodies of fewer frames do not hold up the loop. */
const piecesUsual = 8;

/** HTTP/2 with one request at a time, as each virtual user of k6 has it: what is compared is the path, not multiplexing. */
export function talkHttp2(socket: Socket, clock: Clock, events: TalkEvents): Talk {
  const session = connect("http://pathproof", {
    createConnection: () => socket,
    settings: { enablePush: false, maxHeaderListSize: headerBytesMax },
    maxHeaderListPairs: 4096,
  });
  let begun = false;
  let busy = false;
  let leaving = false;
  session.on("error", (error) => events.broken(toFailure(error, "wait")));
  session.on("close", () => events.broken({ kind: "closed", phase: "wait" }));
  session.on("goaway", () => {
    leaving = true;
    if (!busy) events.broken({ kind: "closed", phase: "wait" });
  });

  return {
    send({ asked, body, headersAt }) {
      const headers = headersAt(Date.now());
      begun = false;
      busy = true;
      let head: Head | null = null;
      let lastMs = clock();
      let bytes = 0;
      let pieces = 0;
      const kept: Buffer[] = [];
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
        bytes += chunk.length;
        if (asked.expect.body === null) return;
        kept.push(chunk);
        if (bytes > bodyBytesMax) events.broken({ kind: "malformed", detail: "its body is too long" });
      });
      // The end of the stream alone, of one without a body too.
      stream.on("end", () => {
        if (bytes === 0) lastMs = clock();
      });
      stream.on("error", (error) => events.broken(leaving ? closed : toFailure(error, "wait")));
      // Not at `end`: that comes for a stream that was cut off as well.
      stream.on("close", () => {
        busy = false;
        if (head === null || stream.rstCode !== constants.NGHTTP2_NO_ERROR || stream.aborted)
          return events.broken(closed);
        events.answered(answerOf(head, kept, !leaving), lastMs);
      });
      if (body !== null) stream.end(body);
      return sentMs;
    },
    ended() {},
    get begun() {
      return begun;
    },
    close: () => endSession(session, socket),
  };
}

const closed = { kind: "closed", phase: "wait" } as const;

const answerOf = (head: Head, kept: readonly Buffer[], keptAlive: boolean): Answer => ({
  status: head[":status"] ?? 0,
  headers: Object.entries(head).flatMap(([name, value]) =>
    name.startsWith(":") || value === undefined
      ? []
      : [value].flat().map((one): readonly [string, string] => [name, String(one)]),
  ),
  body: kept.length === 0 ? "" : Buffer.concat(kept).toString("utf8"),
  keptAlive,
});
