import { basename, dirname, resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import { parseConfig } from "#core/config/parse-config.ts";
import { policyFiles, withPolicyTexts } from "#core/config/policies.ts";
import { type Path, showPath } from "#core/config/problem.ts";
import { parsePolicy } from "#core/policies/parse-policy.ts";
import { parseYaml } from "./parse-yaml.ts";
import { handwritten, readText } from "./read-text.ts";
import { systemReason } from "./system-reason.ts";

export type ConfigRead =
  | { readonly kind: "ok"; readonly config: Config }
  /** One line per problem, in the order of the file: `pathproof.yaml:12 targets.orders.url: expected …, got …`. */
  | { readonly kind: "problems"; readonly lines: readonly string[] }
  | { readonly kind: "unreadable"; readonly message: string };

/** Reads and checks a config file; relative paths in it start at its folder. */
export async function readConfig(file: string, env: Readonly<Record<string, string | undefined>>): Promise<ConfigRead> {
  const text = await readWritten(file);
  if (text.kind === "unreadable") {
    const advice = text.missing ? "; `pathproof init` writes one" : "";
    return { kind: "unreadable", message: `cannot read ${file}: ${text.why}${advice}` };
  }
  const name = basename(file);
  const yaml = parseYaml(text.text);
  if (yaml.kind === "problems")
    return { kind: "problems", lines: yaml.problems.map(({ line, message }) => `${name}:${line} ${message}`) };
  const directory = dirname(resolve(file));
  const parsed = parseConfig(yaml.value, { env, directory });
  const lines = (problems: readonly Placed[]): readonly string[] =>
    problems
      .map((problem) => ({ ...problem, line: yaml.lineOf(problem.path) }))
      .sort((a, b) => a.line - b.line)
      .map(({ line, path, says }) => `${name}:${line} ${path.length === 0 ? "" : `${showPath(path)}: `}${says}`);
  if (parsed.kind === "problems") {
    const problems = parsed.problems.map(({ path, expected, got }) => ({
      path,
      says: `expected ${expected}, got ${got}`,
    }));
    return { kind: "problems", lines: lines(problems) };
  }
  const { targets, problems } = await readPolicyFiles(parsed.config.targets, directory);
  if (problems.length > 0) return { kind: "problems", lines: lines(problems) };
  return { kind: "ok", config: { ...parsed.config, targets } };
}

interface Placed {
  readonly path: Path;
  readonly says: string;
}

/** The targets with the texts of the policy files they name; every file that cannot be used is a problem where it is named. */
async function readPolicyFiles(targets: Config["targets"], directory: string) {
  const files = policyFiles(targets, directory);
  const texts = new Map<string, string>();
  const problems: Placed[] = [];
  for (const { path, file, absolute } of files) {
    const read = await readWritten(absolute);
    if (read.kind === "unreadable") {
      problems.push({ path, says: `cannot read ${file}: ${read.why}` });
      continue;
    }
    const policy = parsePolicy(read.text);
    if (policy.kind === "ok") texts.set(file, read.text);
    else
      problems.push(
        ...policy.problems.map((one) => ({
          path,
          says: `${file}${one.path === "" ? "" : ` ${one.path}`}: expected ${one.expected}`,
        })),
      );
  }
  return { targets: withPolicyTexts(targets, texts), problems };
}

type TextRead =
  | { readonly kind: "ok"; readonly text: string }
  | { readonly kind: "unreadable"; readonly why: string; readonly missing: boolean };

async function readWritten(file: string): Promise<TextRead> {
  try {
    return { kind: "ok", text: await readText(file, handwritten) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    const missing = code === "ENOENT";
    if (code === "EISDIR") return { kind: "unreadable", why: "it is a folder; name the file in it", missing };
    return { kind: "unreadable", why: missing ? "there is no such file" : systemReason(error), missing };
  }
}
