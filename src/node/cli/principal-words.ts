import type { Config, CredentialsSource } from "#core/config/config.ts";
import { didYouMean } from "#core/config/suggest.ts";
import { asPrincipal } from "#core/plan/as-principal.ts";
import { anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import { type Call, CliError, textOption } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

/** As every command has it that asks as one principal. */
export const principalOption = [
  "--principal <name>",
  "who signs, whatever the config says: default, anonymous, or one of the config's principals",
] as const;

type Principals = Pick<Config, "principals">;

/** @throws CliError that lists the principals there are, for a name that is none of them */
export function checkPrincipal({ principals }: Principals, word: string): void {
  const known = [defaultPrincipal, ...principals.map(({ name }) => name), anonymousPrincipal];
  if (known.includes(word)) return;
  throw new CliError(
    exitCodes.usage,
    `the config has no principal "${word}"${didYouMean(word, known)} It has: ${known.join(", ")}`,
  );
}

/** Who is to ask: `--principal`, or else whom the config names. @throws CliError for a name that is none */
export function askingPrincipal(config: Principals, call: Call, otherwise: string): string {
  const word = textOption(call, "principal");
  if (word === null) return otherwise;
  checkPrincipal(config, word);
  return word;
}

/**
 * The targets as a principal finds them.
 *
 * @param what that asks them, before a colon: `load steady`
 * @throws CliError for one that signs, and would sign nothing here
 */
export function targetsAs(targets: readonly Target[], principal: string, what: string): readonly Target[] {
  const found = targets.map((target) => asPrincipal(target, principal));
  if (principal === defaultPrincipal || principal === anonymousPrincipal || found.some(({ auth }) => auth === "iam"))
    return found;
  throw new CliError(
    exitCodes.usage,
    `${what}: ${principal} would sign nothing here, since no target of it has "auth: iam"`,
  );
}

/** Where a principal's credentials come from; null for `anonymous`. @throws CliError for a name that is none */
export function credentialsOf(
  config: Principals & Pick<Config, "credentials">,
  word: string,
): CredentialsSource | null {
  checkPrincipal(config, word);
  if (word === anonymousPrincipal) return null;
  return config.principals.find(({ name }) => name === word)?.source ?? config.credentials;
}
