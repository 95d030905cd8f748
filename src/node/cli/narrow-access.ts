import type { Config } from "#core/config/config.ts";
import type { Target } from "#core/targets/target.ts";
import { checkPrincipal } from "./principal-words.ts";

/** The targets with the access of these principals only; of everyone when none is named. */
export function narrowAccess(
  config: Pick<Config, "principals">,
  targets: readonly Target[],
  words: readonly string[],
): readonly Target[] {
  for (const word of words) checkPrincipal(config, word);
  return words.length === 0 ? targets : targets.map((target) => ({ ...target, principals: words }));
}
