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
    out: (text) => void process.stdout.write(colour ? withoutEscapes(text) : text.replace(control, visible)),
    err: (text) => void process.stderr.write(text),
  };
}

/**
 * The last wall against what a peer, a file or an argument smuggled in: of control characters only line ends, tabs and
 * colours reach the terminal, whoever forgot to clean a text. Written as JSON writes them, so that JSON stays what it was.
 */
const withoutEscapes = (text: string): string =>
  text
    .split(inColour)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(control, visible)))
    .join("");

const inColour = /(\u001b\[[\d;]{1,12}m)/;
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const visible = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
