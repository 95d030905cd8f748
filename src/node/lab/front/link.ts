import type { ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Manners } from "./manners.ts";
import type { Service } from "./service.ts";
import type { StaleReuse } from "./stale-reuse.ts";

type End = Manners["idleEnd"];

/** However short the lab's minutes are, a handshake and a first request on a busy machine take real time. */
const firstRequestMsMin = 2000;

/**
 * One accepted connection with its clocks. `server.keepAliveTimeout` is no idle clock (sockets outlive it by up to a
 * second), so each connection has a timer of its own, armed when nothing is under way.
 */
export class Link {
  /** The TCP connection; under TLS, what lies below. */
  readonly raw: Socket;
  /** Aborted when the connection is gone: nothing need be waited for any more. */
  readonly gone: AbortSignal;
  readonly #manners: Manners;
  readonly #staleReuse: StaleReuse | null;
  readonly #bornAt = performance.now();
  #secured: TLSSocket | null = null;
  #session: ServerHttp2Session | null = null;
  #underWay = 0;
  #begun = 0;
  #expired: "rst-on-next-byte" | "silent" | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(raw: Socket, { manners, staleReuse }: Pick<Service, "manners" | "staleReuse">) {
    this.raw = raw;
    this.#manners = manners;
    this.#staleReuse = staleReuse;
    const ending = new AbortController();
    this.gone = ending.signal;
    const { lifetimeMs, lifetimeEnd } = manners;
    const life =
      lifetimeMs === null || lifetimeEnd === "announce" ? null : setTimeout(() => this.#outlived(), lifetimeMs);
    raw.once("close", () => {
      if (life !== null) clearTimeout(life);
      this.#disarm();
      ending.abort();
    });
    this.#arm();
  }

  /** What carries HTTP: the TLS socket once there is one. */
  get stream(): Socket {
    return this.#secured ?? this.raw;
  }

  /** The name the client asked for by SNI. */
  get serverName(): string | null {
    const name: unknown = this.#secured === null ? null : Reflect.get(this.#secured, "servername");
    return typeof name === "string" ? name : null;
  }

  /** As agreed by ALPN. */
  get protocol(): "h2" | "http/1.1" {
    return this.#secured?.alpnProtocol === "h2" ? "h2" : "http/1.1";
  }

  /** Requests that have begun on it. */
  get begun(): number {
    return this.#begun;
  }

  /** Whether it has passed its lifetime: the next answer is its last. */
  get lastAnswer(): boolean {
    const { lifetimeMs } = this.#manners;
    return lifetimeMs !== null && performance.now() - this.#bornAt >= lifetimeMs;
  }

  secured(stream: TLSSocket): void {
    this.#secured = stream;
    this.#arm();
  }

  speaksH2(session: ServerHttp2Session): void {
    this.#session = session;
  }

  /** A request has come: false when the connection is dead, and there is nobody to answer it. */
  begin(): boolean {
    this.#disarm();
    if (this.#expired === "rst-on-next-byte") this.reset();
    if (this.#expired !== null) return false;
    if (this.#begun > 0 && this.#staleReuse?.strikes() === true) {
      this.reset();
      return false;
    }
    this.#underWay += 1;
    this.#begun += 1;
    return true;
  }

  /** Its answer is out, or nobody waits for it. */
  finish(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    if (this.lastAnswer) this.close();
    else this.#arm();
  }

  /** Ends it in one of the ways that idle connections end. */
  expire(end: End): void {
    this.#disarm();
    if (end === "fin") this.close();
    else if (end === "rst") this.reset();
    else this.#expired = end;
  }

  /** Sends what is still to be sent, then FIN; bytes that come later are answered with RST by the kernel. */
  close(): void {
    if (this.#session !== null && !this.#session.destroyed) this.#session.close(() => this.stream.destroySoon());
    else this.stream.destroySoon();
  }

  reset(): void {
    this.raw.resetAndDestroy();
  }

  #outlived(): void {
    if (this.#underWay === 0) this.close();
  }

  #arm(): void {
    this.#disarm();
    const { idleMs, idleEnd } = this.#manners;
    if (idleMs === null || this.raw.destroyed) return;
    const waitMs = this.#begun === 0 ? Math.max(idleMs, firstRequestMsMin) : idleMs;
    this.#idle = setTimeout(() => this.expire(idleEnd), waitMs);
  }

  #disarm(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
  }
}
