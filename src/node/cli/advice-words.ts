import { type Call, CliError, textOption } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/**
 * The clients that `--advice` names, in its order; none without it.
 *
 * @throws CliError for one that is not known
 */
export async function readClients(call: Call): Promise<readonly string[]> {
  const said = textOption(call, "advice");
  if (said === null) return [];
  const { adviceClients } = await import("#core/advice/index.ts");
  const known = adviceClients.map(({ id }) => id);
  if (said === "all") return known;
  const words = said.split(",").map((word) => word.trim());
  const wrong = words.find((word) => !known.includes(word));
  if (wrong === undefined) return words;
  throw new CliError(exitCodes.usage, `--advice: expected some of ${known.join(", ")}, or all, got "${wrong}"`);
}
