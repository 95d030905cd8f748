import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { App, LabRequest } from "#node/lab/wire.ts";
import type { Identity } from "./certificates.ts";

export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** An application of the lab behind a plain HTTP server, or one that is somebody: no timers, no faults of the wire. */
export async function serveApp(app: App, identity: Identity | null = null): Promise<Served> {
  const options = { maxHeaderSize: 2 * 1024 * 1024 };
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    handle(app, incoming, response).catch((error: unknown) => response.destroy(new Error(String(error))));
  };
  const server =
    identity === null ? createServer(options, listener) : createTlsServer({ ...options, ...identity }, listener);
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const { port } = address;
  return { origin: `http://127.0.0.1:${port}`, port, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function handle(app: App, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const reply = await app(toLabRequest(incoming, Buffer.concat(chunks)));
  if (reply.kind !== "response") throw new Error(`this server only sends responses, not ${reply.kind}`);
  await sleep(reply.afterMs);
  response.writeHead(reply.status, reply.statusText, reply.headers.flat());
  response.end(reply.body);
}

function toLabRequest(incoming: IncomingMessage, body: Buffer): LabRequest {
  const raw = incoming.rawHeaders;
  return {
    method: incoming.method ?? "GET",
    path: incoming.url ?? "/",
    headers: raw.flatMap((name, index): [string, string][] =>
      index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ""]] : [],
    ),
    body,
    scheme: "http",
    serverName: null,
    remoteAddress: incoming.socket.remoteAddress ?? "",
    localAddress: incoming.socket.localAddress ?? "",
    localPort: incoming.socket.localPort ?? 0,
    requestsBefore: 0,
  };
}
