import type { Credentials } from "#core/signing/credentials.ts";
import type { Order } from "./messages.ts";
import type { NodeRunOptions } from "./outcome.ts";

const usualMs = 10_000;

/** Hands credentials to the threads, through their ports and never through a file, at once and whenever they change. */
export function keepCredentials(
  { credentials, credentialsEveryMs = usualMs, sink }: NodeRunOptions,
  first: Credentials | null,
  order: (order: Order) => void,
): { stop(): void } {
  if (credentials === null || first === null) return { stop: () => undefined };
  let held = first;
  let complained = "";
  order({ kind: "credentials", credentials: held });
  const ask = async (): Promise<void> => {
    const now = await credentials();
    if (now.kind === "missing") {
      // Those held may be good for a while: what they are not good for shows in the answers.
      if (now.detail !== complained) sink.warning(`the credentials could not be renewed: ${now.detail}`);
      complained = now.detail;
      return;
    }
    if (same(held, now.credentials)) return;
    held = now.credentials;
    order({ kind: "credentials", credentials: held });
  };
  const timer = setInterval(() => void ask(), credentialsEveryMs);
  return { stop: () => clearInterval(timer) };
}

const same = (a: Credentials, b: Credentials): boolean =>
  a.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey && a.sessionToken === b.sessionToken;
