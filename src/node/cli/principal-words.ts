import type { Config, CredentialsSource } from "#core/config/config.ts";
import { nearest } from "#core/config/suggest.ts";
import { anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import { CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";

type Principals = Pick<Config, "principals">;

/** @throws CliError that lists the principals there are, for a name that is none of them */
export function checkPrincipal({ principals }: Principals, word: string): void {
  const known = [defaultPrincipal, ...principals.map(({ name }) => name), anonymousPrincipal];
  if (known.includes(word)) return;
  const near = nearest(word, known);
  const meant = near === null ? "." : `; did you mean "${near}"?`;
  throw new CliError(exitCodes.usage, `the config has no principal "${word}"${meant} It has: ${known.join(", ")}`);
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
