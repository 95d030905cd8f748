import { type ChildProcess, spawn } from "node:child_process";

export interface K6Process {
  readonly pid: number;
  /** Settles when it has ended and everything it wrote has been read. */
  readonly ended: Promise<Ended>;
  /** Asks it to end, and makes it end when it does not in time. Once is enough. */
  stop(): void;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Starting {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stopDeadlineMs: number;
  readonly onRows: (chunk: Buffer) => void;
  readonly onLog: (chunk: Buffer) => void;
}

/** Resolves when the program runs. @throws the system's error when it cannot be started */
export function startK6(starting: Starting): Promise<K6Process> {
  const child = spawn(starting.path, [...starting.args], {
    env: { ...starting.env },
    cwd: starting.cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Ctrl-C on a terminal would reach k6 as well as us, and our own SIGINT, as its second, would make
    // it drop what it has not written yet.
    detached: process.platform !== "win32",
  });
  child.stdout.on("data", starting.onRows);
  child.stderr.on("data", starting.onLog);
  const ended = new Promise<Ended>((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  // What k6 was started by, or has started, may hold its pipes open for ever.
  child.once("exit", () => {
    const give = setTimeout(() => {
      signalGroup(child, "SIGKILL");
      child.stdout.destroy();
      child.stderr.destroy();
    }, readWithinMs);
    child.once("close", () => clearTimeout(give));
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("spawn", () => {
      const { pid } = child;
      if (pid === undefined) return reject(new Error("k6 has no process id"));
      resolve({ pid, ended, stop: stopOnce(child, starting.stopDeadlineMs) });
    });
  });
}

/** After its end, for what it wrote to be read. */
const readWithinMs = 15_000;

/** The whole group: what was found as k6 may be a script that runs it, and would end alone. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (process.platform === "win32" || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

function stopOnce(child: ChildProcess, deadlineMs: number): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    signalGroup(child, "SIGINT");
    const kill = setTimeout(() => signalGroup(child, "SIGKILL"), deadlineMs);
    child.once("close", () => clearTimeout(kill));
  };
}
