/** How k6 asks for the run's credentials: one secret a field, so that k6 redacts each from its logs as a whole. */
export type CredentialField = "access-key-id" | "secret-access-key" | "session-token";

/**
 * The name under which `k6/secrets` gives a field during one slot of time. k6 keeps a secret for ever once it has it, so a
 * new name each slot is what refreshes it. All fields of a slot belong together.
 *
 * @param slotMs how long a slot lasts: `__ENV[slotVariable]`, or `defaultSlotMs`
 */
export const credentialKey = (field: CredentialField, nowMs: number, slotMs: number): string =>
  `${field}.${Math.floor(nowMs / slotMs)}`;

/** The field and slot of a key; null when it is none. */
export function readCredentialKey(key: string): { readonly field: CredentialField; readonly slot: number } | null {
  const match = /^(access-key-id|secret-access-key|session-token)\.(\d{1,16})$/.exec(key);
  if (match === null) return null;
  const [, name, slot] = match;
  const field = fields.find((known) => known === name);
  return field === undefined ? null : { field, slot: Number(slot) };
}

const fields: readonly CredentialField[] = ["access-key-id", "secret-access-key", "session-token"];

/** In place of the session token of long-term keys. Not empty: k6 would take an absent secret for an error. */
export const noSessionToken = "pathproof-no-session-token";

/** Milliseconds, in k6's environment (`-e`). Absent: `defaultSlotMs`. */
export const slotVariable = "PATHPROOF_CREDENTIAL_SLOT_MS";

/** Far below the five minutes by which credentials are refreshed ahead of their end. */
export const defaultSlotMs = 30_000;

/** `1` in k6's environment when the runner serves credentials; absent: `AWS_…` are read from `-e`, if anywhere. */
export const servedVariable = "PATHPROOF_CREDENTIALS_SERVED";

/** The plan's file, in k6's environment. */
export const planVariable = "PATHPROOF_PLAN";
