// How many of the requests that k6's transport sends twice without a word does the k6 engine suspect? Against a server that drops
// every connection as it is used again, and against a healthy one; the server counts the truth.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { perSecond } from "#core/units.ts";
import { planOf } from "./load/ours.ts";
import type { Row } from "./load/row.ts";
import { type Engine, k6Engine } from "./load/scheduled-run.ts";

const rate = 100;
const durationMs = 6000;

interface Counted {
  readonly port: number;
  /** Requests that were read and never answered: what was sent again. */
  readonly dropped: () => number;
  stop(): void;
}

/** @param serves how many requests each connection is good for */
async function startServer(serves: number): Promise<Counted> {
  const sockets = new Set<Socket>();
  let dropped = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    let served = 0;
    socket.on("error", () => {});
    socket.on("data", () => {
      served += 1;
      if (served <= serves) return socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
      dropped += 1;
      socket.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const isAddress = (address: ReturnType<typeof server.address>): address is AddressInfo => typeof address === "object";
  const address = server.address();
  return {
    port: isAddress(address) ? address.port : 0,
    dropped: () => dropped,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function run(engine: Engine, serves: number) {
  const server = await startServer(serves);
  const arrival = { kind: "open", rate: perSecond(rate) } as const;
  try {
    const { counts } = await engine(() => planOf({ port: server.port, arrival, durationMs, warmupMs: 0 }));
    return { ...counts, truly: server.dropped() };
  } finally {
    server.stop();
  }
}

export async function bench(): Promise<readonly Row[]> {
  const engine = await k6Engine();
  if (engine === null) return [];
  const dying = await run(engine, 1);
  const healthy = await run(engine, Number.POSITIVE_INFINITY);
  return [
    {
      name: "suspected, of all that were sent twice",
      value: (dying.suspectedRetries / dying.truly) * 100,
      unit: "%",
      note: `target ≥ 95 · ${dying.suspectedRetries} of ${dying.truly}, among ${dying.requests} requests that k6 calls successes`,
    },
    {
      name: "suspected at a healthy server",
      value: healthy.suspectedRetries,
      unit: "requests",
      note: `target 0 · of ${healthy.requests}, ${healthy.onReused} of them on open connections`,
    },
  ];
}
