import { createServer, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import { pairsOf } from "./http1.ts";
import type { Link } from "./link.ts";
import { readBody } from "./read-body.ts";
import { afterAnswer, answer, type Message, type Service } from "./service.ts";
import { wait } from "./wait.ts";
import { withLength } from "./with-length.ts";

/** RFC 9113, 8.2.2: these say something of an HTTP/1.1 connection and are malformed in HTTP/2. */
const hopByHop: readonly string[] = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"];

/** Speaks HTTP/2 on links that are handed to it, each already secured with `h2` agreed on. */
export function createHttp2(service: Service): (link: Link) => void {
  const server = createServer({ settings: { maxHeaderListSize: service.manners.headerBytesMax } });
  server.on("sessionError", () => {});
  return (link) => {
    server.once("session", (session: ServerHttp2Session) => {
      link.speaksH2(session);
      session.on("stream", (stream: ServerHttp2Stream, _: IncomingHttpHeaders, __: number, raw: readonly string[]) => {
        if (link.begin()) void serve(service, link, stream, pairsOf(raw));
      });
    });
    server.emit("connection", link.stream);
  };
}

async function serve(
  service: Service,
  link: Link,
  stream: ServerHttp2Stream,
  headers: readonly (readonly [string, string])[],
): Promise<void> {
  stream.on("error", () => {});
  stream.once("close", () => {
    link.finish();
    afterAnswer(service, link);
  });
  const body = await readBody(stream);
  if (body.kind === "broken-off") return;
  if (body.kind === "too-large") return stream.respond({ ":status": 413 }, { endStream: true });
  const message = messageOf(headers, body.bytes);
  const reply = await answer(service, link, message);
  if (reply.kind === "hang" || !(await wait(reply.afterMs, link.gone))) return;
  if (reply.kind === "raw") return reply.end === "hang" ? undefined : link.reset();
  if (stream.destroyed || stream.headersSent) return;
  const { status, headers: answered } = withLength(message.method, reply);
  stream.respond({ ":status": status, ...grouped(answered) });
  stream.end(message.method === "HEAD" ? undefined : reply.body);
}

function messageOf(pairs: readonly (readonly [string, string])[], body: Buffer): Message {
  const pseudo = new Map(pairs.filter(([name]) => name.startsWith(":")));
  const plain = pairs.filter(([name]) => !name.startsWith(":"));
  const authority = pseudo.get(":authority");
  const host = authority === undefined || plain.some(([name]) => name === "host") ? [] : [["host", authority] as const];
  return {
    method: pseudo.get(":method") ?? "",
    path: pseudo.get(":path") ?? "",
    headers: [...host, ...plain],
    body,
  };
}

function grouped(headers: readonly (readonly [string, string])[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (!hopByHop.includes(key)) all[key] = [...(all[key] ?? []), value];
  }
  return all;
}
