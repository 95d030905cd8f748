import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { assertLoopback, type Listener } from "./listener.ts";

// JavaScript as text: the whole program is one bundled file, which has no second file to start a thread from. The thread
// listens and then sleeps, so that nobody ever accepts; woken, it closes and ends.
const sleeper = `
const { parentPort, workerData: { address, port, wake } } = require("node:worker_threads");
const server = require("node:net").createServer();
server.on("error", ({ code, message }) => parentPort.postMessage({ kind: "failed", code, message }));
server.listen({ host: address, port, backlog: 1, exclusive: true }, () => {
  parentPort.postMessage({ kind: "listening", port: server.address().port });
  Atomics.wait(wake, 0, 0);
  server.close();
});`;

type Report =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "failed"; readonly code: string; readonly message: string };

/** Long enough for a loopback handshake on a busy machine; a longer wait only delays the lab's start. */
const connectMs = 250;
const fillersMax = 64;

/**
 * A port whose SYNs get no answer, as behind a security group that does not let them in: it listens, never accepts, and its
 * queue is full, so the kernel drops further SYNs.
 */
export async function openTarpit(address: string, port: number): Promise<Listener> {
  assertLoopback(address);
  const wake = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(sleeper, { eval: true, workerData: { address, port, wake }, stdout: false });
  const ended = new Promise<void>((done) => worker.once("exit", () => done()));
  const listens = await firstReport(worker);
  const fillers: Socket[] = [];
  const stop = async (): Promise<void> => {
    for (const filler of fillers) filler.destroy();
    Atomics.store(wake, 0, 1);
    Atomics.notify(wake, 0);
    await ended;
  };
  if (listens.kind === "failed") {
    await stop();
    throw Object.assign(new Error(listens.message), { code: listens.code });
  }
  await fill(address, listens.port, fillers);
  return { port: listens.port, stop };
}

const firstReport = (worker: Worker): Promise<Report> =>
  new Promise((done, fail) => {
    worker.once("message", done);
    worker.once("error", fail);
  });

/** Connects until a connection hangs: then the queue is full. */
async function fill(address: string, port: number, fillers: Socket[]): Promise<void> {
  while (fillers.length < fillersMax) {
    const filler = connect({ host: address, port }).on("error", () => {});
    fillers.push(filler);
    if (!(await connects(filler))) {
      filler.destroy();
      return;
    }
  }
  throw new Error(`${fillersMax} connections did not fill the queue of ${address}:${port}`);
}

const connects = (socket: Socket): Promise<boolean> =>
  new Promise((done) => {
    const timer = setTimeout(() => done(false), connectMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      done(true);
    });
  });
