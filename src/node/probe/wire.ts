import type { ClientHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Connection, TlsFacts, Unasked } from "#core/observations/exchange.ts";
import { bytes, ms } from "#core/units.ts";
import { endSession } from "#node/sockets/end-session.ts";
import { createFairReading, type Readable } from "#node/sockets/fair-reading.ts";
import type { Ends } from "#node/sockets/peer-tcp.ts";

/** One for all wires: they share the loop. */
const readFairly = createFairReading();

/** More than a server says in parting; whoever sends on is not listened to. */
const unaskedBytesMax = 65_536;

/** As much of what nobody asked for as tells what it is. */
const firstLine = (chunk: Buffer): string => /^[^\r\n]{0,80}/.exec(chunk.toString("latin1"))?.[0] ?? "";

/** One TCP connection and its history, from its birth to its end. */
export class Wire {
  readonly id: number;
  readonly address: string;
  /** All addresses that its name had when it was opened. */
  readonly addresses: readonly string[];
  readonly connectedAt = performance.now();
  readonly #raw: Socket;
  readonly #localPort: number;
  readonly #remotePort: number;
  #secure: TLSSocket | null = null;
  #session: ClientHttp2Session | null = null;
  #reader: ((chunk: Buffer) => void) | null = null;
  #listening = false;
  #endedAt: number | null = null;
  #error: Error | null = null;
  #unasked: Unasked | null = null;
  #closing = false;
  #requests = 0;
  #lastReadAt: number | null = null;
  tls: TlsFacts | null = null;

  constructor(id: number, raw: Socket, address: string, addresses: readonly string[]) {
    this.id = id;
    this.address = address;
    this.addresses = addresses;
    this.#raw = raw;
    this.#localPort = raw.localPort ?? 0;
    this.#remotePort = raw.remotePort ?? 0;
    this.#watch(raw);
  }

  /** What requests are written to: the TLS socket where there is one. */
  get socket(): Socket {
    return this.#secure ?? this.#raw;
  }

  get session(): ClientHttp2Session | null {
    return this.#session;
  }

  /** Whether it is ended, or the peer has spoken unasked, so that no request can go out on it. */
  get gone(): boolean {
    const { destroyed, writable } = this.socket;
    const spoke = this.#unasked !== null && this.#unasked.bytes > 0;
    return this.#closing || this.ended || spoke || destroyed || !writable || this.#session?.closed === true;
  }

  /** Whether the peer has ended it. */
  get ended(): boolean {
    return this.#endedAt !== null;
  }

  /** What it sent while nothing was under way; null when it kept silent. */
  get unasked(): Unasked | null {
    return this.#unasked;
  }

  /** What the kernel said of its end; null when the peer ended it in good order, or has not. */
  get error(): Error | null {
    return this.#error;
  }

  get ends(): Ends {
    return { localPort: this.#localPort, address: this.address, remotePort: this.#remotePort };
  }

  secure(socket: TLSSocket): void {
    this.#secure = socket;
    this.#watch(socket);
  }

  speak(session: ClientHttp2Session): void {
    this.#session = session;
    session.on("error", this.#end);
    session.on("goaway", () => {
      this.#note({ goaway: true });
      this.#end();
    });
    session.on("ping", () => this.#note({ pings: (this.#unasked?.pings ?? 0) + 1 }));
    session.on("close", this.#end);
  }

  /** How it stands as a request is written on it; counts that request. */
  beginRequest(protocol: Connection["protocol"]): Connection {
    const facts = this.facts(protocol);
    this.#requests++;
    return facts;
  }

  facts(protocol: Connection["protocol"]): Connection {
    const at = this.#endedAt ?? performance.now();
    return {
      id: this.id,
      reusedSocket: this.#requests > 0,
      requestsBefore: this.#requests,
      ageMs: ms(at - this.connectedAt),
      // The answer's last byte may be read after the end that came with it was noticed.
      idleMs: this.#lastReadAt === null ? null : ms(Math.max(0, at - this.#lastReadAt)),
      ...(this.#unasked === null ? {} : { unasked: this.#unasked }),
      localPort: this.#localPort,
      remotePort: this.#remotePort,
      protocol,
    };
  }

  /** Lets `reader` see every chunk before the parser does; to be called once the parser listens, lest a chunk be lost. */
  read(reader: (chunk: Buffer) => void): void {
    this.#reader = reader;
    if (this.#listening) return;
    this.#listening = true;
    this.socket.prependListener("data", this.#hear);
  }

  stopReading(): void {
    this.#reader = null;
  }

  /** What the kernel has handed over, whoever read it. */
  get bytesRead(): number {
    return this.#raw.bytesRead;
  }

  noteRead(from: Readable): void {
    readFairly(from);
    this.#lastReadAt = performance.now();
  }

  /** Calls back when the peer ends it; what is returned takes that back. */
  onGone(callback: () => void): () => void {
    const { socket } = this;
    const session = this.#session;
    socket.once("end", callback);
    socket.once("close", callback);
    session?.once("goaway", callback);
    session?.once("close", callback);
    return () => {
      socket.off("end", callback);
      socket.off("close", callback);
      session?.off("goaway", callback);
      session?.off("close", callback);
    };
  }

  close(): void {
    this.#closing = true;
    const sockets = this.#secure === null ? [this.#raw] : [this.#secure, this.#raw];
    if (this.#session !== null) endSession(this.#session, ...sockets);
    else for (const socket of sockets) socket.destroy();
  }

  get closed(): boolean {
    return this.#raw.closed;
  }

  /** Resolves when the kernel has it back. */
  async untilClosed(): Promise<void> {
    if (!this.closed) await new Promise<void>((resolve) => this.#raw.once("close", () => resolve()));
  }

  // Errors are always heard here, so that none goes unhandled while nobody waits for an answer.
  #watch(socket: Socket): void {
    socket.on("error", (error) => {
      this.#error ??= error;
      this.#end();
    });
    socket.on("end", this.#end);
  }

  readonly #end = (): void => {
    this.#endedAt ??= performance.now();
  };

  readonly #hear = (chunk: Buffer): void => {
    if (this.#reader === null) {
      this.#overhear(chunk);
      return;
    }
    this.noteRead(this.socket);
    this.#reader(chunk);
  };

  #overhear(chunk: Buffer): void {
    const before = this.#unasked;
    const text = before === null || before.text === "" ? firstLine(chunk) : before.text;
    const count = (before?.bytes ?? 0) + chunk.length;
    this.#note({ bytes: bytes(count), text });
    if (count > unaskedBytesMax) this.close();
  }

  #note(more: Partial<Unasked>): void {
    this.#unasked = { ...(this.#unasked ?? { bytes: bytes(0), text: "", goaway: false, pings: 0 }), ...more };
  }
}
