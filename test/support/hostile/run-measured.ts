import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { program } from "../cli.ts";

export interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The most memory it held, as Linux counts; 0 elsewhere. */
  readonly residentMib: number;
  readonly elapsedMs: number;
}

export interface MeasuredOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly withinMs?: number;
  readonly heapMib?: number;
}

/** Runs the program with a small heap; killed, and told as such, when it does not end in time. */
export async function runMeasured(
  words: readonly string[],
  { cwd, env = {}, withinMs = 40_000, heapMib = 256 }: MeasuredOptions,
): Promise<Measured> {
  const { PATH = "" } = process.env;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMib}`, program, ...words], {
    cwd,
    env: { PATH, HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let residentMib = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const watch = setInterval(() => {
    residentMib = Math.max(residentMib, peakMib(child.pid));
  }, 50);
  const timer = setTimeout(() => child.kill("SIGKILL"), withinMs);
  const [code]: [number | null] = await once(child, "close").then(([first]) => [first]);
  clearTimeout(timer);
  clearInterval(watch);
  const elapsedMs = performance.now() - startedAt;
  if (elapsedMs >= withinMs) stderr += `\nit did not end within ${withinMs} ms`;
  return { code, stdout, stderr, residentMib, elapsedMs };
}

function peakMib(pid: number | undefined): number {
  try {
    const [, kib = "0"] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kib) / 1024;
  } catch {
    return 0;
  }
}

/** Characters with which a text could do more than be read. */
export const unprintable = (text: string): readonly string[] =>
  [...text.matchAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g)].map(([one]) =>
    JSON.stringify(one),
  );
