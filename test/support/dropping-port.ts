import { connect, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";
import { portOf } from "./listen.ts";

// Listens, then never returns to its event loop: nothing is ever accepted.
const neverAccepts = `
const { parentPort, workerData } = require("node:worker_threads");
const server = require("node:net").createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => {
    Atomics.wait(new Int32Array(workerData), 0, 0);
    process.exit(0);
  });
});`;

/**
 * A port on 127.0.0.1 that drops: its accept queue is full, and Linux then ignores every SYN, as a security group does. No
 * firewall needed, hence no root.
 */
export async function listenDropping(): Promise<number> {
  const cell = new SharedArrayBuffer(4);
  const worker = new Worker(neverAccepts, { eval: true, workerData: cell });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  // Two fit into a queue of one; the others are on the safe side.
  const fillers: Socket[] = Array.from({ length: 4 }, () => connect({ port, host: "127.0.0.1" }));
  for (const filler of fillers) filler.on("error", () => {});
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy();
    Atomics.store(new Int32Array(cell), 0, 1);
    Atomics.notify(new Int32Array(cell), 0);
    await worker.terminate();
  });
  await Promise.all(fillers.slice(0, 2).map((filler) => new Promise((resolve) => filler.once("connect", resolve))));
  return port;
}

/** A port on 127.0.0.1 where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
