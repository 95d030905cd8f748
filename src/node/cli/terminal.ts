import picocolors from "picocolors";
import type { Paint } from "#core/reporters/terminal.ts";

/** Progress goes to stderr, results to stdout. */
export interface Terminal {
  readonly paint: Paint;
  /** Columns of stdout; 100 when it is no terminal. */
  readonly columns: number;
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
}

/** NO_COLOR and `--no-color` turn colours off, FORCE_COLOR on, anything else asks whether stdout is a terminal. */
export function openTerminal(noColor: boolean, env: Readonly<Record<string, string | undefined>>): Terminal {
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  const colour = !noColor && !env["NO_COLOR"] && (forced || process.stdout.isTTY === true) && env["TERM"] !== "dumb";
  return {
    paint: picocolors.createColors(colour),
    columns: Math.min(Math.max(process.stdout.columns ?? 100, 40), 120),
    interactive: process.stderr.isTTY === true && process.stdout.isTTY === true,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  };
}
