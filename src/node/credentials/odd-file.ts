import { stat } from "node:fs/promises";
import type { CredentialsSource } from "#core/config/config.ts";
import { mib, showBytes } from "#core/units.ts";

const bytesMax = mib(1);

/**
 * Why a file of credentials must not be opened, in a clause; null when it may, or is not there, which the SDK says better. A
 * pipe that nobody writes to would hold the process beyond its end, and a device would fill its memory.
 */
export async function oddFile(source: CredentialsSource, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (source.kind === "role") return oddFile(source.from, env);
  const own = source.kind === "profile" ? source.file : null;
  const places = [own, env["AWS_SHARED_CREDENTIALS_FILE"], env["AWS_CONFIG_FILE"], env["AWS_WEB_IDENTITY_TOKEN_FILE"]];
  for (const place of places) {
    const about = place == null || place === "" ? null : await stat(place).catch(() => null);
    if (about === null) continue;
    if (!about.isFile()) return `${place} is not a file: credentials are read again before they end`;
    if (about.size > bytesMax) return `${place} is larger than ${showBytes(bytesMax)}`;
  }
  return null;
}
