import { open } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import { parseConfig } from "#core/config/parse-config.ts";
import { showPath } from "#core/config/problem.ts";
import { showBytes } from "#core/units.ts";
import { parseYaml } from "./parse-yaml.ts";
import { systemReason } from "./system-reason.ts";

export type ConfigRead =
  | { readonly kind: "ok"; readonly config: Config }
  /** One line per problem, in the order of the file: `pathproof.yaml:12 targets.orders.url: expected …, got …`. */
  | { readonly kind: "problems"; readonly lines: readonly string[] }
  | { readonly kind: "unreadable"; readonly message: string };

/** A config is written by people; what is larger is another file. */
const bytesMax = 1_048_576;

/** Reads and checks a config file; relative paths in it start at its folder. */
export async function readConfig(file: string, env: Readonly<Record<string, string | undefined>>): Promise<ConfigRead> {
  const text = await readText(file);
  if (text.kind === "unreadable") return text;
  const name = basename(file);
  const yaml = parseYaml(text.text);
  if (yaml.kind === "problems")
    return { kind: "problems", lines: yaml.problems.map(({ line, message }) => `${name}:${line} ${message}`) };
  const parsed = parseConfig(yaml.value, { env, directory: dirname(resolve(file)) });
  if (parsed.kind === "ok") return parsed;
  const lines = parsed.problems
    .map((problem) => ({ ...problem, line: yaml.lineOf(problem.path) }))
    .sort((a, b) => a.line - b.line)
    .map(({ line, path, expected, got }) => {
      const place = path.length === 0 ? "" : `${showPath(path)}: `;
      return `${name}:${line} ${place}expected ${expected}, got ${got}`;
    });
  return { kind: "problems", lines };
}

type TextRead = { readonly kind: "ok"; readonly text: string } | Extract<ConfigRead, { kind: "unreadable" }>;

async function readText(file: string): Promise<TextRead> {
  const unreadable = (why: string): TextRead => ({ kind: "unreadable", message: `cannot read ${file}: ${why}` });
  try {
    const handle = await open(file, "r");
    try {
      const about = await handle.stat();
      if (about.isDirectory()) return unreadable("it is a folder; name the config file in it");
      // One byte more than allowed tells without reading on; a pipe has no size to ask for.
      const { bytesRead, buffer } = await readUpTo(handle, bytesMax + 1);
      if (bytesRead > bytesMax) return unreadable(`it is larger than ${showBytes(bytesMax)}, which no config is`);
      return decode(buffer.subarray(0, bytesRead)) ?? unreadable("it is not text in UTF-8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    return unreadable(why(error));
  }
}

async function readUpTo(handle: { read: Awaited<ReturnType<typeof open>>["read"] }, size: number) {
  const buffer = Buffer.alloc(size);
  let bytesRead = 0;
  while (bytesRead < size) {
    const read = await handle.read(buffer, bytesRead, size - bytesRead, null);
    if (read.bytesRead === 0) break;
    bytesRead += read.bytesRead;
  }
  return { bytesRead, buffer };
}

function decode(buffer: Buffer): TextRead | null {
  try {
    return { kind: "ok", text: new TextDecoder("utf-8", { fatal: true }).decode(buffer) };
  } catch {
    return null;
  }
}

function why(error: unknown): string {
  const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return missing ? "there is no such file; `pathproof init` writes one" : systemReason(error);
}
