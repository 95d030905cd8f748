import { createInterface } from "node:readline/promises";
import type { LoadDescription } from "#core/plan/describe-load.ts";
import { showArrival } from "#core/plan/show-load.ts";
import { type Call, CliError } from "../command.ts";
import { exitCodes } from "../exit-code.ts";

/** Beyond these, over all targets, a person is asked first. */
export const askFrom = { requests: 100_000, perSecond: 500, connections: 200 } as const;

/**
 * Asks before a large load, where there is a person to ask: without a terminal the guard rails of the config are the answer.
 *
 * @throws CliError when the answer is no
 */
export async function confirmLoad(call: Call, load: LoadDescription): Promise<void> {
  if (!isLarge(load)) return;
  const where = load.targets.map(({ target }) => target).join(", ");
  const what = load.requests === null ? "" : `, ${load.requests} requests in all`;
  await confirm(call, `This sends ${showArrival(load.arrival)} to each of ${where}${what}.`);
}

/** @throws CliError when the answer is no */
export async function confirm(call: Call, statement: string): Promise<void> {
  if (call.global.yes || call.global.json || !call.terminal.interactive) return;
  const question = `${statement} Go on? [y/N] `;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(question, { signal: call.signal }).catch(() => "");
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    reader.close();
  }
  throw new CliError(exitCodes.usage, "nothing was sent. --yes answers yes.");
}

export function isLarge({ arrival, requests, targets }: LoadDescription): boolean {
  if (arrival.kind === "closed") return arrival.connections * targets.length > askFrom.connections;
  return arrival.rate * targets.length > askFrom.perSecond || (requests ?? 0) > askFrom.requests;
}
