import { resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import { didYouMean } from "#core/config/suggest.ts";
import type { Target } from "#core/targets/target.ts";
import { type Call, CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/** The config of this call, or every problem it has, with line and place. */
export async function loadConfig(call: Call): Promise<Config> {
  const { readConfig } = await import("#node/files/read-config.ts");
  const read = await readConfig(resolve(call.directory, call.global.config), call.env);
  switch (read.kind) {
    case "ok":
      return read.config;
    case "unreadable":
      throw new CliError(exitCodes.usage, read.message);
    case "problems":
      throw new CliError(
        exitCodes.usage,
        `the config has ${read.lines.length === 1 ? "a problem" : `${read.lines.length} problems`}:\n${listed(read.lines)}`,
      );
  }
}

/** More than anybody mends at a time; the count has been said. */
const linesShown = 200;

function listed(lines: readonly string[]): string {
  const left = lines.length - linesShown;
  return [...lines.slice(0, linesShown), ...(left > 0 ? [`… and ${left} more`] : [])]
    .map((line) => `  ${line}`)
    .join("\n");
}

/** The targets named by the words, in the config's order; all of them when none is named. */
export function selectTargets(targets: readonly Target[], words: readonly string[]): readonly Target[] {
  const known = targets.map(({ id }) => id);
  for (const word of words) {
    if (known.includes(word)) continue;
    throw new CliError(
      exitCodes.usage,
      `the config has no target "${word}"${didYouMean(word, known)} It has: ${known.join(", ")}`,
    );
  }
  return words.length === 0 ? targets : targets.filter(({ id }) => words.includes(id));
}
