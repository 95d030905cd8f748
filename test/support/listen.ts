import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from "node:tls";
import { onTestFinished } from "vitest";

/** A server of one test: it ends with the test, its connections too. */
export interface Listening {
  readonly port: number;
  /** Sockets accepted so far. */
  readonly accepted: readonly Socket[];
}

/** A TCP server that does to each connection what the test says. */
export const listenRaw = (onSocket: (socket: Socket, index: number) => void, host = "127.0.0.1"): Promise<Listening> =>
  listen(createServer(), "connection", onSocket, host);

/** The same behind TLS. */
export const listenTls = (
  options: TlsOptions,
  onSocket: (socket: TLSSocket, index: number) => void,
): Promise<Listening> => listen(createTlsServer(options), "secureConnection", onSocket, "127.0.0.1");

/** Answers HTTP, in the clear. */
export const listenHttp = (listener: RequestListener): Promise<Listening> =>
  listen(createHttpServer({ keepAliveTimeout: 0 }, listener), "connection", () => {}, "127.0.0.1");

/** Answers each request on each connection with the bytes `reply` gives for it; null: says nothing. */
export const listenReplying = (
  reply: (request: string, socket: Socket, requestOnSocket: number) => string | Buffer | null,
): Promise<Listening> =>
  listenRaw((socket) => {
    let count = 0;
    socket.on("data", (chunk) => {
      const bytes = reply(chunk.toString("latin1"), socket, ++count);
      if (bytes !== null) socket.write(bytes);
    });
  });

export const okReply = (body = "hello"): string => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

export async function listen<S extends Server, C extends Socket>(
  server: S,
  event: "connection" | "secureConnection",
  onSocket: (socket: C, index: number) => void,
  host: string,
): Promise<Listening> {
  const accepted: Socket[] = [];
  server.on("connection", (socket: Socket) => {
    accepted.push(socket);
    socket.on("error", () => {});
  });
  let index = 0;
  server.on(event, (socket: C) => {
    socket.on("error", () => {});
    onSocket(socket, index++);
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(async () => {
    for (const socket of accepted) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: portOf(server), accepted };
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
