// What a thread of the engine runs: bundled into one text, which travels inside the program.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Order, ThreadRole } from "../messages.ts";
import { load } from "./loader.ts";
import { keepPace } from "./pacer.ts";

const role: ThreadRole = workerData;

function start(port: MessagePort): void {
  if (role.role === "loader") {
    load(role, port);
    return;
  }
  port.once("message", (order: Order) => {
    if (order.kind === "begin") keepPace(role.pace, new Int32Array(role.cells), order.at);
  });
  port.postMessage({ kind: "ready" });
}

if (parentPort !== null) start(parentPort);
