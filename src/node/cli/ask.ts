import { createInterface } from "node:readline/promises";
import { CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/**
 * One question on the terminal, asked again until the answer will do; an empty answer takes the proposal.
 *
 * @param wrong what is wrong with an answer, null when nothing is
 */
export async function ask(
  question: string,
  proposal: string,
  wrong: (answer: string) => string | null,
): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await lines.question(`${question} [${proposal}]: `)).trim() || proposal;
      const problem = wrong(answer);
      if (problem === null) return answer;
      process.stderr.write(`  ${problem}\n`);
    }
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError")
      throw new CliError(exitCodes.interrupted, "interrupted; nothing was written");
    throw error;
  } finally {
    lines.close();
  }
}
