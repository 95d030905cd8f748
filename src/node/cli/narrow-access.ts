import type { Config } from "#core/config/config.ts";
import { nearest } from "#core/config/suggest.ts";
import { anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import { CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/** The targets with the access of these principals only; of everyone when none is named. */
export function narrowAccess(
  { principals }: Pick<Config, "principals">,
  targets: readonly Target[],
  words: readonly string[],
): readonly Target[] {
  const known = [defaultPrincipal, ...principals.map(({ name }) => name), anonymousPrincipal];
  for (const word of words) {
    if (known.includes(word)) continue;
    const near = nearest(word, known);
    const meant = near === null ? "." : `; did you mean "${near}"?`;
    throw new CliError(exitCodes.usage, `the config has no principal "${word}"${meant} It has: ${known.join(", ")}`);
  }
  return words.length === 0 ? targets : targets.map((target) => ({ ...target, principals: words }));
}
