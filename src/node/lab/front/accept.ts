import type { Socket } from "node:net";
import type { SecureContextOptions } from "node:tls";
import type { Effects } from "../fault.ts";
import { createHttp1 } from "./http1.ts";
import { createHttp2 } from "./http2.ts";
import { Link } from "./link.ts";
import { createSecure } from "./secure.ts";
import type { Service } from "./service.ts";

/** What becomes of an accepted connection. */
export type Accept = (raw: Socket) => void;

/** Null: the target speaks plain HTTP. */
export type Security = { readonly context: SecureContextOptions; readonly effect: Effects["tls"] | null } | null;

export function createAccept(service: Service, security: Security, tcp: Effects["tcp"] | null): Accept {
  if (tcp === "reset") return (raw) => raw.resetAndDestroy();
  const speak = createSpeak(service);
  const begin = (raw: Socket): Link => new Link(raw, service);
  if (security === null || security.effect === "plain-http") return (raw) => speak(begin(raw));
  const { context, effect } = security;
  // A faulty connection is spoilt byte by byte, so HTTP/1.1 alone is offered on it.
  const alpn = effect === "h2-only" ? h2Only : service.effect === null ? service.manners.alpn : http1Only;
  const secure = createSecure({ ...context, ...clientsOf(effect), ALPNProtocols: [...alpn] }, speak);
  const handshake = (raw: Socket): void => secure(begin(raw));
  switch (effect) {
    case "reset":
      return (raw) => void raw.once("data", () => raw.resetAndDestroy());
    case "hang":
      // Reads the ClientHello and says nothing; FIN is answered with FIN, since the socket is not half-open.
      return (raw) => void raw.once("end", () => raw.end()).resume();
    case "tls-on-plain-port":
      return (raw) => peek(raw, (first) => (first === tlsHandshake ? handshake(raw) : turnAway(raw, service)));
    default:
      return handshake;
  }
}

const h2Only = ["h2"] as const;
const http1Only = ["http/1.1"] as const;

const clientsOf = (effect: Effects["tls"] | null) =>
  effect === "client-certificate" ? { requestCert: true, rejectUnauthorized: true } : {};

type Speak = (link: Link) => void;

function createSpeak(service: Service): Speak {
  if (service.effect === "not-http") return speakSsh;
  const http1 = createHttp1(service);
  const http2 = createHttp2(service);
  return (link) => (link.protocol === "h2" ? http2(link) : http1(link));
}

const speakSsh: Speak = (link) => {
  link.stream.once("data", () => {
    link.stream.write("SSH-2.0-OpenSSH_9.6\r\n");
    link.close();
  });
};

/** The first byte of a TLS record that carries a ClientHello (RFC 8446, 5.1). */
const tlsHandshake = 0x16;

function peek(raw: Socket, then: (first: number | undefined) => void): void {
  raw.once("data", (chunk: Buffer) => {
    raw.pause();
    raw.unshift(chunk);
    then(chunk[0]);
  });
}

const plainToTls = [
  "<html>",
  "<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>",
  "<body>",
  "<center><h1>400 Bad Request</h1></center>",
  "<center>The plain HTTP request was sent to HTTPS port</center>",
  "</body>",
  "</html>",
  "",
].join("\r\n");

/** OpenSSL closes without an alert when it reads plain HTTP; servers made like nginx say first what is wrong. */
function turnAway(raw: Socket, { manners }: Service): void {
  const head = [
    "HTTP/1.1 400 Bad Request",
    "Content-Type: text/html",
    `Content-Length: ${plainToTls.length}`,
    "Connection: close",
    "",
    "",
  ].join("\r\n");
  raw.resume();
  if (manners.toPlainHttp === "400") raw.write(head + plainToTls);
  raw.destroySoon();
}
