import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { type Act, play } from "./play.ts";

/** A question as it came: id, flags, counts and one name, type and class. */
export interface Asked {
  readonly id: number;
  /** From the name to the class. */
  readonly question: Buffer;
  /** 1: A, 28: AAAA. */
  readonly type: number;
}

/** What a resolver that does not mean well does to each question. */
export interface DnsPeer {
  readonly name: string;
  /** Datagrams, one after the other. */
  udp(asked: Asked): readonly Buffer[];
  /** What is played on a connection once it has asked; absent: nobody listens there. */
  tcp?(asked: Asked): readonly Act[];
  /** From another port than was asked. */
  readonly fromElsewhere?: boolean;
  /** What it may come to: addresses, or the kinds of failure. */
  readonly may: "resolved" | "name-not-found" | "resolver-unreachable" | readonly string[];
  readonly addresses?: readonly string[];
}

export const A = 1;
export const CNAME = 5;
export const AAAA = 28;

const u16 = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt16BE(value, 2 * index);
  return buffer;
};

export const label = (text: string): Buffer =>
  Buffer.concat([
    ...text.split(".").map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, "latin1")])),
    Buffer.from([0]),
  ]);

/** A pointer to a byte of the message. @see RFC 1035 §4.1.4 */
export const pointer = (at: number): Buffer => u16(0xc000 | at);
/** The name that was asked for stands behind the header. */
export const askedName = pointer(12);

export interface RecordParts {
  readonly owner?: Buffer;
  readonly type?: number;
  readonly dnsClass?: number;
  readonly data: Buffer;
  /** Said in place of the data's own. */
  readonly length?: number;
}

export const record = ({
  owner = askedName,
  type = A,
  dnsClass = 1,
  data,
  length = data.length,
}: RecordParts): Buffer => Buffer.concat([owner, u16(type, dnsClass, 0, 60, length), data]);

export const address = (...parts: readonly [number, number, number, number]): Buffer => Buffer.from(parts);

export interface MessageParts {
  readonly id?: number;
  /** Without the response code; a response, recursion desired and available unless told. */
  readonly flags?: number;
  readonly code?: number;
  readonly question?: Buffer;
  readonly records?: readonly Buffer[];
  /** Said in place of the true one. */
  readonly count?: number;
}

export function reply(
  asked: Asked,
  {
    id = asked.id,
    flags = 0x8180,
    code = 0,
    question = asked.question,
    records = [],
    count = records.length,
  }: MessageParts,
): Buffer {
  return Buffer.concat([u16(id, flags | code, 1, count, 0, 0), question, ...records]);
}

/** As TCP carries it, its length before it. */
export const framed = (message: Buffer, length = message.length): Buffer => Buffer.concat([u16(length), message]);

function read(message: Buffer): Asked {
  const end = message.indexOf(0, 12) + 5;
  return { id: message.readUInt16BE(0), question: message.subarray(12, end), type: message.readUInt16BE(end - 4) };
}

/** Serves a peer at 127.0.0.1, by UDP and, where it has something to say there, by TCP. @returns as `network.dns` takes it */
export async function listenDns({ udp, tcp, fromElsewhere = false }: Omit<DnsPeer, "name" | "may">): Promise<string> {
  const socket = tcp === undefined ? await bound() : await boundWith(tcp);
  const elsewhere = fromElsewhere ? await bound() : socket;
  const { port } = socket.address();
  socket.on("message", (message, from) => {
    for (const datagram of udp(read(message))) elsewhere.send(datagram, from.port, from.address);
  });
  return `127.0.0.1:${port}`;
}

async function bound(): Promise<UdpSocket> {
  const socket = createSocket("udp4");
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  onTestFinished(() => void socket.close());
  return socket;
}

function messagesIn(chunk: Buffer): readonly Buffer[] {
  if (chunk.length < 2) return [];
  const end = 2 + chunk.readUInt16BE(0);
  return [chunk.subarray(2, end), ...messagesIn(chunk.subarray(end))];
}

/** The port may be somebody's by TCP: then another one. */
async function boundWith(tcp: NonNullable<DnsPeer["tcp"]>): Promise<UdpSocket> {
  const socket = await bound();
  try {
    await listenTcp(socket.address().port, tcp);
    return socket;
  } catch {
    return boundWith(tcp);
  }
}

async function listenTcp(port: number, say: (asked: Asked) => readonly Act[]): Promise<void> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    // Both families may be asked for on one connection, at once or in turn.
    socket.on(
      "data",
      (chunk) =>
        void play(
          socket,
          messagesIn(chunk).flatMap((message) => say(read(message))),
        ),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
}
