import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { decode, encode, type Packet } from "dns-packet";
import { listening, type Stoppable } from "../front/listener.ts";
import { onOnePort } from "../front/on-one-port.ts";
import type { Zone } from "./zone.ts";

export interface DnsServer {
  /** `address:port`, as `network.dns` takes it. */
  readonly server: string;
  stop(): Promise<void>;
}

const address = "127.0.0.1";

/** Serves a zone by UDP and TCP on one port. */
export async function startDns(zone: Zone): Promise<DnsServer> {
  const { port, stop } = await onOnePort([address], async (_, wanted) => {
    const udp = await serveUdp(zone, wanted);
    try {
      const tcp = await serveTcp(zone, udp.port);
      return { port: udp.port, stop: async () => void (await Promise.all([udp.stop(), tcp.stop()])) };
    } catch (error) {
      await udp.stop();
      throw error;
    }
  });
  return { server: `${address}:${port}`, stop };
}

interface Served extends Stoppable {
  readonly port: number;
}

function serveUdp(zone: Zone, port: number): Promise<Served> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, { port: to, address: at }) => {
    const answer = answered(zone, bytes);
    if (answer !== null) socket.send(encode(answer), to, at);
  });
  const stop = (): Promise<void> => new Promise((done) => socket.close(() => done()));
  return new Promise((done, fail) => {
    const unbound = (error: Error): void => void socket.close(() => fail(error));
    socket.once("error", unbound);
    socket.bind({ port, address, exclusive: true }, () => {
      // Later errors are a client that went away: its answer has nowhere to go.
      socket.off("error", unbound).on("error", () => {});
      done({ port: portOf(socket), stop });
    });
  });
}

const portOf = (socket: UdpSocket): number => socket.address().port;

async function serveTcp(zone: Zone, port: number): Promise<Served> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => {});
    answerStream(zone, socket);
  });
  return { port: await listening(server, { host: address, port }), stop: () => close(server, open) };
}

/** Messages on TCP are preceded by their length (RFC 1035, 4.2.2). */
function answerStream(zone: Zone, socket: Socket): void {
  let pending = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0);
      const answer = answered(zone, pending.subarray(2, end));
      pending = pending.subarray(end);
      if (answer === null) continue;
      const bytes = encode(answer);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(bytes.length);
      socket.write(Buffer.concat([length, bytes]));
    }
  });
}

function answered(zone: Zone, bytes: Buffer): Packet | null {
  try {
    const query = decode(bytes);
    return query.type === "query" ? zone(query) : null;
  } catch {
    return null; // Not a DNS message: dropped, as servers do.
  }
}

const close = (server: Server, open: ReadonlySet<Socket>): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    for (const socket of open) socket.destroy();
  });
