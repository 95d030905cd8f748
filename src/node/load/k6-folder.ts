import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { defaultSlotMs, planVariable, servedVariable, slotVariable } from "#core/plan/credential-keys.ts";
import { scratchName } from "#core/plan/scratch-name.ts";
import { type CredentialsServer, serveCredentials } from "./credentials-server.ts";
import type { K6RunOptions } from "./k6-outcome.ts";
import { writeTrustFile } from "./trust-file.ts";

/** What k6 is given for one run, in a folder that only this user may enter. */
export interface K6Folder {
  readonly path: string;
  readonly secretsFile: string | null;
  readonly caFile: string | null;
  readonly scriptEnv: Readonly<Record<string, string>>;
  /** Ends the serving of credentials and leaves nothing behind. */
  remove(): Promise<void>;
}

type Given = Pick<K6RunOptions, "plan" | "credentials" | "caFile" | "scriptEnv" | "credentialSlotMs" | "sink">;

export async function prepareK6Folder(given: Given): Promise<K6Folder> {
  const path = await mkdtemp(join(tmpdir(), scratchName("k6", hostname(), process.pid)));
  let server: CredentialsServer | null = null;
  const remove = async (): Promise<void> => {
    await server?.stop();
    await rm(path, { recursive: true, force: true });
  };
  try {
    const planFile = join(path, "plan.json");
    await writeFile(planFile, JSON.stringify(given.plan), { mode: 0o600 });
    const slotMs = given.credentialSlotMs ?? defaultSlotMs;
    server = await startServer(given, slotMs);
    const secretsFile = server === null ? null : join(path, "secrets.json");
    if (secretsFile !== null && server !== null) await writeFile(secretsFile, server.secretsConfig, { mode: 0o600 });
    const caFile = given.caFile === null ? null : join(path, "issuers.pem");
    if (caFile !== null && given.caFile !== null)
      await writeTrustFile(caFile, given.caFile, process.env["SSL_CERT_FILE"]);
    const served = server === null ? {} : { [servedVariable]: "1", [slotVariable]: String(slotMs) };
    return {
      path,
      secretsFile,
      caFile,
      scriptEnv: { ...given.scriptEnv, ...served, [planVariable]: planFile },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function startServer({ credentials, sink }: Given, slotMs: number): Promise<CredentialsServer | null> {
  if (credentials === null) return null;
  const said = new Set<string>();
  return serveCredentials(credentials, {
    slotMs,
    onMissing(detail) {
      if (said.has(detail)) return;
      said.add(detail);
      sink.warning(`k6 asked for credentials, and there were none: ${detail}`);
    },
  });
}
