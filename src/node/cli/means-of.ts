import type { Means } from "#core/checks/check.ts";
import type { Config } from "#core/config/config.ts";
import type { CredentialStore } from "#node/credentials/store.ts";

/** What there is to sign with; asked only where something is to be signed. */
export async function meansOf(config: Config, store: CredentialStore, dryRun: boolean): Promise<Means> {
  const signs = config.targets.some(({ auth }) => auth === "iam");
  if (!signs) return { credentials: "absent", endedSession: false };
  // A dry run sends no packet, so it may not ask a metadata service either: it shows the fullest plan.
  if (dryRun) return { credentials: "temporary", endedSession: true };
  const [current, ended] = await Promise.all([store.current(), store.ended()]);
  if (current.kind === "missing") return { credentials: "absent", endedSession: false };
  return {
    credentials: current.credentials.sessionToken === null ? "long-term" : "temporary",
    endedSession: ended.kind === "ok",
  };
}
