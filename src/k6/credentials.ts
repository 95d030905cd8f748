import secrets from "k6/secrets";
import {
  credentialKey,
  defaultSlotMs,
  noSessionToken,
  servedVariable,
  slotVariable,
} from "#core/plan/credential-keys.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import { targets } from "./plan.ts";

const served = __ENV[servedVariable] === "1" && targets.some(({ signing }) => signing !== null);
const slotMs = Number(__ENV[slotVariable] ?? defaultSlotMs);
const retryMs = 1000;

let held: Credentials | null = served ? null : fromEnvironment();
let refreshAtMs = 0;

/** @throws Error when there are none */
export function currentCredentials(): Credentials {
  if (held === null)
    throw new Error(
      "a request is to be signed, and there are no credentials: give -e AWS_ACCESS_KEY_ID=… -e AWS_SECRET_ACCESS_KEY=… (and AWS_SESSION_TOKEN), or run this with `pathproof run`",
    );
  return held;
}

/**
 * Asks the runner for the credentials of this slot of time; null while those held are good. Once a slot, and not by every
 * virtual user at the same moment. For scenarios that rest within an iteration; `iteration` does it at the beginning of each.
 */
export function refreshing(): Promise<void> | null {
  if (!served || Date.now() < refreshAtMs) return null;
  const now = Date.now();
  refreshAtMs = (Math.floor(now / slotMs) + 1) * slotMs + (Math.random() * slotMs) / 5;
  return askFor(now).then(
    (credentials) => {
      held = same(held, credentials) ? held : credentials;
    },
    (problem) => {
      refreshAtMs = now + retryMs;
      if (held === null) throw new Error(`the runner gave no credentials: ${problem}`);
    },
  );
}

async function askFor(nowMs: number): Promise<Credentials> {
  const [accessKeyId, secretAccessKey, sessionToken] = await Promise.all([
    secrets.get(credentialKey("access-key-id", nowMs, slotMs)),
    secrets.get(credentialKey("secret-access-key", nowMs, slotMs)),
    secrets.get(credentialKey("session-token", nowMs, slotMs)),
  ]);
  return { accessKeyId, secretAccessKey, sessionToken: sessionToken === noSessionToken ? null : sessionToken };
}

// The same object as long as they are the same: signers are kept by it, with all they have cached.
const same = (a: Credentials | null, b: Credentials): boolean =>
  a !== null &&
  a.accessKeyId === b.accessKeyId &&
  a.secretAccessKey === b.secretAccessKey &&
  a.sessionToken === b.sessionToken;

function fromEnvironment(): Credentials | null {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = __ENV;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return null;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN || null,
  };
}
