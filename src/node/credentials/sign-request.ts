import type { SigningVariant } from "#core/observations/exchange.ts";
import type { RequestToSend } from "#core/observations/step.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import type { Hashing } from "#core/signing/hashing.ts";
import { isPresigned, presignVariant } from "#core/signing/presign-variant.ts";
import { redactCanonical } from "#core/signing/redact-canonical.ts";
import type { SignedHeaders, SignRequest } from "#core/signing/sign-request.ts";
import { signVariant } from "#core/signing/sign-variant.ts";
import type { Target } from "#core/targets/target.ts";
import { agreesWithReference } from "./agreement.ts";
import type { CredentialStore } from "./store.ts";

const unsigned: SignedHeaders = {
  kind: "signed",
  headers: {},
  canonicalRequest: null,
  secrets: [],
  agreesWithReference: null,
};

/**
 * Joins the stores, the clock and the signing core into the one function that the probe is given.
 *
 * @param others of further principals, by name
 */
export function createSignRequest(
  store: CredentialStore,
  hashing: Hashing,
  now: () => number,
  others: ReadonlyMap<string, CredentialStore> = new Map(),
): SignRequest {
  return async (target, request, variant, principal) => {
    if (variant === "unsigned" || target.signing === null) return unsigned;
    const signer = principal === undefined ? store : others.get(principal);
    if (signer === undefined) return { kind: "missing", detail: `The config has no principal ${principal}.` };
    const reading = await (variant === "ended-session" ? signer.ended() : signer.current());
    if (reading.kind === "missing") return reading;
    return signFor(hashing, reading.credentials, target, request, variant, now());
  };
}

function signFor(
  hashing: Hashing,
  credentials: Credentials,
  target: Target,
  request: RequestToSend,
  variant: SigningVariant,
  atMs: number,
): SignedHeaders {
  const scope = target.signing;
  if (scope === null) return unsigned;
  const signable = { ...request, host: target.hostHeader };
  const { secretAccessKey, sessionToken } = credentials;
  const secrets = [secretAccessKey, ...(sessionToken === null ? [] : [sessionToken])];
  if (isPresigned(variant)) {
    const { path, headers, ...made } = presignVariant(hashing, signable, credentials, scope, atMs, variant);
    return {
      kind: "signed",
      headers: {},
      instead: { path, headers },
      canonicalRequest: redactCanonical(made.canonicalRequest),
      secrets: [...secrets, made.signature],
      agreesWithReference: null,
    };
  }
  const signed = signVariant(hashing, signable, credentials, scope, atMs, variant, target.id);
  if (signed === null) return unsigned;
  return {
    kind: "signed",
    headers: signed.headers,
    canonicalRequest: redactCanonical(signed.canonicalRequest),
    secrets: [...secrets, signed.signature],
    agreesWithReference:
      variant === "correct" ? () => agreesWithReference(signable, credentials, scope, atMs, signed) : null,
  };
}
