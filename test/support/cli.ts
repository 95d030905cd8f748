import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { RunReport } from "#core/reporters/run-report.ts";

/** The program as users run it; `npm test` builds it first. From the repository's folder, for benches are bundled elsewhere. */
export const program = resolve("dist/pathproof.mjs");
if (!existsSync(program)) throw new Error(`${program} is missing: npm run build`);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Another build of the program than the one under test. */
  readonly program?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly withinMs?: number;
  /** Called once it runs, to send signals. */
  readonly started?: (child: ChildProcess) => void;
}

/** An environment without anything of the developer's own AWS set-up. */
const bareEnvironment = (): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
  NO_COLOR: "1",
});

/** Runs the program to its end; kills it, and fails, when that takes longer than `withinMs`. */
export const runCli = (words: readonly string[], options: CliOptions = {}): Promise<Ended> =>
  runProgram(options.program ?? program, words, options);

export async function runProgram(file: string, words: readonly string[], options: CliOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...words], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...bareEnvironment(), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  options.started?.(child);
  const timer = setTimeout(() => child.kill("SIGKILL"), options.withinMs ?? 60_000);
  const [code, signal]: [number | null, string | null] = await once(child, "close").then(([c, s]) => [c, s]);
  clearTimeout(timer);
  if (signal === "SIGKILL") throw new Error(`pathproof ${words.join(" ")} did not end in time\n${stdout}\n${stderr}`);
  return { code, stdout, stderr };
}

export interface RunningLab {
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
  /** @returns the last line it wrote, beyond the one that says it is ready; null where there was none */
  stop(): Promise<string | null>;
}

/** `pathproof lab` in a process of its own, ready. */
export async function startLabProcess(words: readonly string[] = []): Promise<RunningLab> {
  const child = spawn(process.execPath, [program, "lab", ...words], {
    env: bareEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  const lines = createInterface({ input: child.stdout });
  const line: string = await Promise.race([
    once(lines, "line").then(([first]) => String(first)),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`the lab ended with ${code}: ${complaints}`))),
  ]);
  clearTimeout(timer);
  let last: string | null = null;
  lines.on("line", (text) => {
    last = text;
  });
  const ready: { config: string; env: Record<string, string> } = JSON.parse(line);
  return {
    config: ready.config,
    env: ready.env,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return last;
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 5000);
      await once(child, "close");
      clearTimeout(hard);
      return last;
    },
  };
}

/** A folder that is gone after `use`. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-test-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `check --json` against a config, its report parsed. */
export async function check(
  config: string,
  words: readonly string[] = [],
  options: CliOptions = {},
): Promise<Ended & { readonly report: RunReport }> {
  return inFolder(async (folder) => {
    const ended = await runCli(
      ["check", ...words, "-c", config, "--json", "--quiet", "--out", join(folder, "run")],
      options,
    );
    if (!ended.stdout.startsWith("{")) throw new Error(`no report on stdout: ${ended.code}\n${ended.stderr}`);
    return { ...ended, report: JSON.parse(ended.stdout) };
  });
}
