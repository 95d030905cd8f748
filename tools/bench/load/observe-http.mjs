// Preloaded into a process that serves HTTP (`node --import`, with an IPC channel): a log of what it did that is not its own. Node
// tells when the head of each request had been read and when the last byte of its answer was handed to the kernel. Any message asks for
// `[path, inMs, outMs, …]` since the last, on the clock that all processes of a machine share.
import { subscribe } from "node:diagnostics_channel";

const now = () => Number(process.hrtime.bigint()) / 1e6;
const cameAt = new WeakMap();
let log = [];

subscribe("http.server.request.start", ({ request }) => cameAt.set(request, now()));
subscribe("http.server.response.finish", ({ request }) => {
  const inMs = cameAt.get(request);
  if (inMs !== undefined) log.push(request.url, inMs, now());
});

process.on("message", () => {
  process.send(log);
  log = [];
});
// Whom it observes may end when it likes.
process.channel?.unref();
