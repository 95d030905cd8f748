import { type ExitCode, exitCodes } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/**
 * One command, one file. Only this record is read to print help, so `run` imports what it needs when it is called: start-up
 * pays for no room it does not use.
 */
export interface CliCommand {
  readonly name: string;
  /** In commander's notation: `[target...]`. */
  readonly arguments: readonly (readonly [syntax: string, description: string])[];
  readonly summary: string;
  readonly options: readonly (readonly [flags: string, description: string, takes?: "all-that-follow"])[];
  /** What may follow an option, by its flag, and under "" what may stand as a word, where that is a closed list: for completion. */
  values?(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** Shown under the help; commands a reader can paste. */
  readonly examples: readonly string[];
  run(call: Call): Promise<ExitCode>;
}

/** A call of a command: its words, and the world it may touch. */
export interface Call {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly global: GlobalOptions;
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** Aborted by the first Ctrl-C or SIGTERM; a second one ends the process. */
  readonly signal: AbortSignal;
}

/** Where the config is unless `--config` says. */
export const configDefault = "pathproof.yaml";

export interface GlobalOptions {
  readonly config: string;
  /** Null: `reports/<UTC time>-<command>`. */
  readonly out: string | null;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly concurrency: number | null;
  readonly yes: boolean;
}

/** A mistake of the user or of the machine, told in one sentence; never shown with a stack trace. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The text of an option that takes a value; null when it was not given. */
export function textOption(call: Call, name: string): string | null {
  const value = call.options[name];
  return typeof value === "string" ? value : null;
}

/** The whole number of an option; null when it was not given. @throws CliError for anything but one from `least` to `most` */
export function wholeOption(call: Call, name: string, least: number, most: number): number | null {
  const said = textOption(call, name);
  if (said === null) return null;
  const value = Number(said);
  if (/^\d{1,10}$/.test(said) && value >= least && value <= most) return value;
  throw new CliError(
    exitCodes.usage,
    `${flagOf(name)}: expected a whole number from ${least} to ${most}, got "${said}"`,
  );
}

/** Null when it was not given. @throws CliError for an engine that there is not */
export function engineOption(call: Call): "k6" | "node" | null {
  const said = textOption(call, "engine");
  if (said === null || said === "k6" || said === "node") return said;
  throw new CliError(exitCodes.usage, `--engine: expected k6 or node, got "${said}"`);
}

/** How many threads send. @throws CliError where it is given to k6, which has its own */
export function threadsOption(call: Call, engine: "k6" | "node"): number {
  const threads = wholeOption(call, "threads", 1, 99);
  if (threads !== null && engine === "k6")
    throw new CliError(exitCodes.usage, "--threads is about the Node engine; it takes --engine node");
  return threads ?? 1;
}

/** `--max-idle` for `maxIdle`. */
const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The values of an option that may be repeated. */
export function listOption(call: Call, name: string): readonly string[] {
  const value = call.options[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
