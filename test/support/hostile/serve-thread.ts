import { createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import { parentPort, workerData } from "node:worker_threads";
import type { Identity } from "../certificates.ts";
import { everyPeer } from "./every-peer.ts";
import { type Act, play } from "./play.ts";

/** What a thread of hostile peers is told. */
export interface Serving {
  readonly identity: Identity;
  readonly ids: readonly string[];
}

/** What it says once all of them listen: on which port each. */
export type Ports = Readonly<Record<string, number>>;

/** Plays the script to whoever has spoken, and hears nothing else. */
const playTo =
  (acts: readonly Act[]) =>
  (socket: Socket): void => {
    socket.on("error", () => {});
    socket.resume();
    socket.once("data", () => void play(socket, acts));
  };

async function listen(server: Server): Promise<number> {
  server.on("connection", (socket: Socket) => socket.on("error", () => {}));
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function serve({ identity, ids }: Serving): Promise<Ports> {
  const own = everyPeer.filter(({ id }) => ids.includes(id));
  const ports = own.map(async ({ id, speaks, peer: { acts } }) => {
    const playing = playTo(acts);
    const server =
      speaks === "h2" ? createSecureServer({ ...identity, ALPNProtocols: ["h2"] }, playing) : createServer(playing);
    return [id, await listen(server)] as const;
  });
  return Object.fromEntries(await Promise.all(ports));
}

parentPort?.postMessage(await serve(workerData));
