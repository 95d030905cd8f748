import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from "node:tls";
import { createAuthority } from "#node/lab/ca/authority.ts";
import { targetCertificate } from "#node/lab/ca/target-certificate.ts";
import type { Effects } from "#node/lab/fault.ts";
import { openFront } from "#node/lab/front/front.ts";
import type { Listener } from "#node/lab/front/listener.ts";
import type { Manners } from "#node/lab/front/manners.ts";
import type { App } from "#node/lab/wire.ts";

export const frontName = "front.example.internal";
const trusted = await createAuthority("test authority");
const unknown = await createAuthority("unknown authority");
export const authorityPem = trusted.certificatePem;

/** Answers with what it was asked, as JSON. */
export const echo: App = async ({ method, path, body, scheme, serverName, requestsBefore, headers }) => ({
  kind: "response",
  afterMs: 0,
  status: 200,
  statusText: "OK",
  headers: [
    ["content-type", "application/json"],
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
  ],
  body: JSON.stringify({ method, path, bytes: body.length, scheme, serverName, requestsBefore, headers }),
});

export const manners: Manners = {
  idleMs: null,
  idleEnd: "fin",
  lifetimeMs: null,
  lifetimeEnd: "close",
  alpn: ["http/1.1"],
  headerBytesMax: 65_536,
  toPlainHttp: "400",
};

export interface FrontOptions {
  /** On its certificate; `frontName` unless said. */
  readonly hostname?: string;
  readonly scheme?: "http" | "https";
  readonly addresses?: readonly string[];
  readonly effects?: Effects;
  readonly manners?: Partial<Manners>;
  readonly app?: App;
}

/** A front of its own, stopped after `use`. */
export async function withFront(options: FrontOptions, use: (front: Listener, address: string) => Promise<void>) {
  const { hostname = frontName, scheme = "http", addresses = ["127.0.0.1"], effects = {}, app = echo } = options;
  const front = await openFront({
    target: { scheme, addresses },
    manners: { ...manners, ...options.manners },
    effects,
    staleReuse: null,
    certificate: await targetCertificate({ hostname, otherNames: ["other.example.internal"] }, effects.tls, {
      trusted,
      unknown,
    }),
    app,
  });
  try {
    await use(front, addresses[0] ?? "");
  } finally {
    await front.stop();
  }
}

/** How a connection ended, seen from a plain socket: the bytes that came, then what. */
export interface Seen {
  readonly text: string;
  readonly end: "fin" | "timeout" | string;
  readonly afterMs: number;
}

/** Writes some text and watches what comes until the end of the connection, or for `forMs`. */
export function watch(socket: Socket | TLSSocket, write: string | null, forMs: number): Promise<Seen> {
  const startedAt = performance.now();
  let text = "";
  return new Promise((done) => {
    const finish = (end: string): void => {
      clearTimeout(timer);
      socket.off("data", take);
      done({ text, end, afterMs: performance.now() - startedAt });
    };
    const take = (chunk: Buffer): void => {
      text += chunk.toString("latin1");
    };
    const timer = setTimeout(() => finish("timeout"), forMs);
    socket.on("data", take);
    socket.once("end", () => finish("fin"));
    socket.once("error", (error) => finish("code" in error ? String(error.code) : error.message));
    if (write !== null) socket.write(write);
  });
}

export async function connected(address: string, port: number): Promise<Socket> {
  const socket = connect({ host: address, port });
  await once(socket, "connect", { signal: AbortSignal.timeout(5000) });
  return socket;
}

export async function secured(address: string, port: number, over: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connectTls({ host: address, port, servername: frontName, ca: authorityPem, ...over });
  await once(socket, "secureConnect", { signal: AbortSignal.timeout(5000) });
  return socket;
}

/** The code with which a TLS connection fails, or `secured`, or `timeout`. */
export function handshake(address: string, port: number, over: ConnectionOptions = {}): Promise<string> {
  return new Promise((done) => {
    const socket = connectTls({ host: address, port, servername: frontName, ca: authorityPem, ...over });
    const finish = (what: string): void => {
      clearTimeout(timer);
      socket.destroy();
      done(what);
    };
    const timer = setTimeout(() => finish("timeout"), 2000);
    socket.once("secureConnect", () => finish("secured"));
    socket.once("error", (error) => finish("code" in error ? String(error.code) : error.message));
  });
}

export const get = (path = "/"): string => `GET ${path} HTTP/1.1\r\nHost: ${frontName}\r\n\r\n`;

/** One exchange on an open socket: writes a request and reads as far as its announced length. */
export async function exchange(socket: Socket | TLSSocket, text: string): Promise<string> {
  let got = "";
  const complete = new Promise<void>((done, fail) => {
    const take = (chunk: Buffer): void => {
      got += chunk.toString("latin1");
      const [head = "", ...rest] = got.split("\r\n\r\n");
      const length = /content-length: (\d+)/i.exec(head)?.[1];
      if (length !== undefined && rest.join("\r\n\r\n").length >= Number(length)) {
        socket.off("data", take);
        done();
      }
    };
    socket.on("data", take);
    socket.once("close", () => fail(new Error(`closed after ${got}`)));
    setTimeout(() => fail(new Error(`no complete answer: ${got}`)), 3000).unref();
  });
  socket.write(text);
  await complete;
  return got;
}
