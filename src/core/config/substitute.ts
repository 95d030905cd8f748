import type { Path } from "./problem.ts";
import { type Complaint, isMapping } from "./shape.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The config with variables filled in; what could not be stands as written and is complained of. */
export interface Substituted {
  readonly value: unknown;
  readonly complaints: readonly Complaint[];
}

// Far beyond any config that people write. A value that contains itself is deeper than any, and one made of aliases of
// aliases larger than its text.
const depthMax = 24;
const valuesMax = 200_000;
// Of all texts together, their variables filled in: what a request carries at most is 6 MiB.
const charactersMax = 16_000_000;

/** Whether it is small enough to be walked. */
export function isBounded(input: unknown): boolean {
  let level = [input];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth++) {
    seen += level.length;
    if (depth > depthMax || seen > valuesMax) return false;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
  return true;
}

/** Whether its texts are small enough to be kept once their variables are filled in; only asked of what `isBounded`. */
export function isBoundedFilled(input: unknown, env: Environment): boolean {
  let characters = 0;
  const waiting = [input];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === "object" && value !== null) waiting.push(...Object.values(value));
    if (typeof value !== "string") continue;
    characters += value.length;
    for (const [, name = ""] of value.matchAll(variable))
      characters += Object.hasOwn(env, name) ? (env[name]?.length ?? 0) : 0;
    if (characters > charactersMax) return false;
  }
  return true;
}

const variable = /\$?\$\{([^}]*)(\}?)/g;

/** Replaces `${NAME}` in strings by the environment's value; `$${` stands for `${` itself. Keys stay as they are. */
export function substitute(input: unknown, env: Environment, path: Path = []): Substituted {
  if (typeof input === "string") return substituteText(input, env, path);
  if (typeof input !== "object" || input === null) return { value: input, complaints: [] };
  if (Array.isArray(input)) {
    const parts = input.map((item: unknown, index) => substitute(item, env, [...path, index]));
    return { value: parts.map(({ value }) => value), complaints: parts.flatMap(({ complaints }) => complaints) };
  }
  if (!isMapping(input)) return { value: input, complaints: [] };
  const parts = Object.entries(input).map(([key, item]) => [key, substitute(item, env, [...path, key])] as const);
  return {
    value: Object.fromEntries(parts.map(([key, { value }]) => [key, value])),
    complaints: parts.flatMap(([, { complaints }]) => complaints),
  };
}

function substituteText(text: string, env: Environment, path: Path): Substituted {
  const complaints: Complaint[] = [];
  const value = text.replace(variable, (found, name: string, end: string) => {
    if (found.startsWith("$$")) return found.slice(1);
    if (!/^[A-Za-z_]\w*$/.test(name) || end === "") {
      complaints.push({ path, expected: `\${NAME}, or $\${ where a literal \${ is meant`, got: null });
      return found;
    }
    const held = Object.hasOwn(env, name) ? env[name] : undefined;
    if (typeof held === "string") return held;
    complaints.push({ path, expected: `the environment variable ${name} to be set`, got: "no such variable" });
    return found;
  });
  return { value, complaints };
}
