import type { Exchange } from "./exchange.ts";
import { isExchange, problemWithExchange } from "./exchange-shape.ts";

/** One exchange as one line of `observations.ndjson`, its line end included. */
export const encodeExchange = (exchange: Exchange): string => `${JSON.stringify(exchange)}\n`;

export interface Decoded {
  readonly exchanges: readonly Exchange[];
  readonly problems: readonly LineProblem[];
  /** Whether the last line was cut off in the middle of writing, as an interrupted run leaves it: it is left out. */
  readonly torn: boolean;
}

export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** Reads what `encodeExchange` wrote, line by line; empty lines count for nothing. Never throws. */
export function decodeExchanges(ndjson: string): Decoded {
  const lines = ndjson.split("\n");
  const exchanges: Exchange[] = [];
  const problems: LineProblem[] = [];
  let torn = false;
  lines.forEach((text, index) => {
    if (text.trim() === "") return;
    const value = parseJson(text);
    if (value === notJson && index === lines.length - 1) torn = true;
    else if (value === notJson) problems.push({ line: index + 1, problem: "the line is not JSON" });
    else if (isExchange(value)) exchanges.push(value);
    else problems.push({ line: index + 1, problem: problemWithExchange(value) ?? "not an exchange" });
  });
  return { exchanges, problems, torn };
}

const notJson = Symbol("not JSON");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}
