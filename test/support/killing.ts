import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { program } from "./cli.ts";

/** Always the same numbers in [0, 1). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Victim {
  readonly child: ChildProcess;
  /** Resolves with the exit code; null of one that was killed. */
  readonly ended: Promise<number | null>;
  readonly stderr: () => string;
}

/** The program under a name of its own, to be killed. */
export function startVictim(words: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Victim {
  const child = spawn(process.execPath, [program, ...words], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, AWS_EC2_METADATA_DISABLED: "true", NO_COLOR: "1", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return { child, ended: once(child, "exit").then(([code]) => code), stderr: () => stderr };
}

export interface Living {
  readonly pid: number;
  /** Its words, with blanks between. */
  readonly command: string;
}

/** Processes with the text in their environment, as those have that were started with a folder of ours for temporary files. */
export const livingWith = (text: string): readonly Living[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(text)) return [];
        return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });

/** @returns those that still live after so long */
export async function survivorsOf(text: string, withinMs: number): Promise<readonly Living[]> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(100))
    if (livingWith(text).length === 0) return [];
  return livingWith(text);
}

/** Waits until `look` finds something. @throws Error when it does not within a minute */
export async function eventually<T>(look: () => T | null | undefined): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(10)) {
    const found = look();
    if (found !== null && found !== undefined) return found;
  }
  throw new Error(`nothing came of it within a minute: ${look.toString()}`);
}

/** Files under a folder that hold a text which must be nowhere. Of those that come and go meanwhile, whatever can be read. */
export const filesWith = (folder: string, texts: readonly (string | RegExp)[]): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    try {
      const text = readFileSync(join(folder, name), "utf8");
      return texts.some((one) => (typeof one === "string" ? text.includes(one) : one.test(text)));
    } catch {
      return false;
    }
  });
