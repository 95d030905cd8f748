import type { Config } from "#core/config/config.ts";
import { certificates, readText } from "#node/files/read-text.ts";
import { mustHoldCertificates } from "#node/sockets/tls.ts";
import { CliError } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { reason } from "./open-run.ts";

/** The issuers of `network.ca` as PEM text, known to be certificates; null when the config names none. */
export async function readAuthority({ network: { caFile } }: Pick<Config, "network">): Promise<string | null> {
  if (caFile === null) return null;
  const pem = await readText(caFile, certificates).catch((error: unknown) => {
    throw new CliError(exitCodes.usage, `network.ca: cannot read ${caFile}: ${reason(error)}`);
  });
  try {
    mustHoldCertificates(pem);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(exitCodes.usage, `${error.message}: ${caFile}`);
    throw error;
  }
  return pem;
}
