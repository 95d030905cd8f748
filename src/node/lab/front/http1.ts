import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { LabReply } from "../wire.ts";
import type { Link } from "./link.ts";
import { readBody } from "./read-body.ts";
import { afterAnswer, answer, type Message, type Service } from "./service.ts";
import { wait } from "./wait.ts";
import { withLength } from "./with-length.ts";

/** What a path with a small MTU and no ICMP lets through in one piece. */
const stallBeyondBytes = 4096;

const resetAfterMs = 25;

const tooLarge: LabReply = {
  kind: "response",
  afterMs: 0,
  status: 413,
  statusText: "Payload Too Large",
  headers: [["connection", "close"]],
  body: "",
};

/** Speaks HTTP/1.1 on links that are handed to it. Node's server parses and frames; it never listens itself. */
export function createHttp1(service: Service): (link: Link) => void {
  const links = new WeakMap<Socket, Link>();
  const server = createServer({ maxHeaderSize: service.manners.headerBytesMax, noDelay: true });
  // Zero: every link keeps its own clocks, and no `Keep-Alive: timeout=` is announced, which no AWS front is known to do.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  server.maxHeadersCount = 0;
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const link = links.get(request.socket);
    if (link?.begin()) void serve(service, link, request, response);
  });
  return (link) => {
    links.set(link.stream, link);
    server.emit("connection", link.stream);
  };
}

async function serve(service: Service, link: Link, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.once("close", () => {
    link.finish();
    afterAnswer(service, link);
  });
  if (service.effect === "stall-large-bodies" && Number(request.headers["content-length"]) > stallBeyondBytes) return;
  const body = await readBody(request);
  if (body.kind === "broken-off") return;
  const reply = body.kind === "too-large" ? tooLarge : await answer(service, link, messageOf(request, body.bytes));
  if (reply.kind === "hang" || !(await wait(reply.afterMs, link.gone))) return;
  if (reply.kind === "raw") return writeRaw(link, reply);
  const { status, statusText, headers } = withLength(request.method ?? "", reply);
  response.writeHead(status, statusText, headers.flat());
  response.end(request.method === "HEAD" ? undefined : reply.body);
}

function messageOf(request: IncomingMessage, body: Buffer): Message {
  const { method = "", url: path = "", rawHeaders } = request;
  return { method, path, headers: pairsOf(rawHeaders), body };
}

/** Node's flat list of names and values as pairs. */
export const pairsOf = (flat: readonly string[]): readonly (readonly [string, string])[] =>
  flat.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), flat[at + 1] ?? ""] as const] : []));

function writeRaw(link: Link, { bytes, end }: Extract<LabReply, { kind: "raw" }>): void {
  link.stream.write(bytes, () => {
    if (end === "fin") link.close();
    // libuv takes data and RST that it meets together for an orderly end: let the client read first.
    if (end === "rst") void wait(resetAfterMs, link.gone).then((open) => open && link.reset());
  });
}
