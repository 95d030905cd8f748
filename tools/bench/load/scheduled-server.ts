// A server that delays by a known schedule and keeps a log of what it did: the truth that an engine's figures are held to. A
// process of its own. Requests say their number in their path; what is logged is when the first byte of each came and when
// the last byte of its answer was handed to the kernel, on the clock that all processes of a machine share.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** What the server does with the n-th request, `atMs` after the first came. Run as text: it may use nothing from outside. */
export type Delay = (n: number, atMs: number) => number;

export interface Logged {
  readonly n: number;
  readonly inMs: number;
  readonly outMs: number;
}

export interface ScheduledServer {
  readonly port: number;
  /** Ends it. */
  log(): Promise<readonly Logged[]>;
}

async function serve(delayOf: Delay): Promise<void> {
  const net = await import("node:net");
  const now = (): number => Number(process.hrtime.bigint()) / 1e6;
  const log: number[] = [];
  let first = Number.NaN;
  const portOf = (address: ReturnType<typeof server.address>): number =>
    typeof address === "object" ? (address?.port ?? 0) : 0;
  const server = net.createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const inMs = now();
      const n = Number(/^GET \/(\d+) /.exec(chunk.toString("latin1"))?.[1] ?? Number.NaN);
      if (!(n >= 0)) return socket.destroy();
      if (Number.isNaN(first)) first = inMs;
      const answer = (): void => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
        log.push(n, inMs, now());
      };
      const delayMs = delayOf(n, inMs - first);
      if (delayMs > 0) setTimeout(answer, delayMs);
      else answer();
    });
  });
  server.listen(0, "127.0.0.1", () => process.send?.(portOf(server.address())));
  process.on("disconnect", () => process.exit(1));
  process.on("message", () => process.send?.(log, () => process.exit(0)));
}

export async function startScheduled(delay: Delay): Promise<ScheduledServer> {
  const child: ChildProcess = spawn(process.execPath, ["-e", `(${serve.toString()})(${delay.toString()})`], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [port] = await once(child, "message");
  return {
    port,
    async log() {
      child.send("log");
      const [flat] = await once(child, "message");
      const logged: Logged[] = [];
      for (let at = 0; at < flat.length; at += 3) logged.push({ n: flat[at], inMs: flat[at + 1], outMs: flat[at + 2] });
      return logged;
    },
  };
}
