import type { SigningScope } from "#core/targets/target.ts";
import { canonicalLine } from "./canonical-request.ts";
import type { Credentials } from "./credentials.ts";
import { createForm, type Form, mouldOf } from "./form.ts";
import type { Hashing } from "./hashing.ts";
import { type HeaderFrame, headerFrame } from "./header-frame.ts";
import { payloadHash as hashBody, unsignedPayload } from "./payload-hash.ts";
import type { Signable, Signed } from "./signable.ts";
import { type KeyCache, signingKey } from "./signing-key.ts";
import { credentialScope, openingOf } from "./string-to-sign.ts";
import { amzDate, dayOf } from "./timestamp.ts";

/**
 * Signs one request with SigV4, in headers. For many requests see `createSigner`.
 *
 * @param atMs since the epoch
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sign(
  hashing: Hashing,
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
): Signed {
  const hash = signedPayloadHash(hashing, signable, scope);
  const outline: Outline = {
    line: canonicalLine(signable.method, signable.path, scope.service),
    form: createForm(headerFrame(signable, scope, credentials.sessionToken, hash)),
    payloadHash: hash,
  };
  return seal(hashing, outline, sealAt(hashing, credentials, scope, amzDate(atMs)));
}

/** A canonical request with the date left open, in the parts that repeat apart from each other. */
export interface Outline {
  /** Method, path and query. */
  readonly line: string;
  readonly form: Form;
  readonly payloadHash: string;
}

/** The hash that is signed: what the request announces itself, `UNSIGNED-PAYLOAD`, or the body's. */
export const signedPayloadHash = (hashing: Hashing, { headers, body }: Signable, { payload }: SigningScope): string =>
  headers["x-amz-content-sha256"] ?? (payload === "unsigned" ? unsignedPayload : hashBody(hashing, body));

/** What all signatures of one second have in common. */
export interface Seal {
  /** As in `x-amz-date`. */
  readonly date: string;
  /** Whose key it is, and what it is good for. */
  readonly credential: string;
  /** The string to sign, up to the hash of the canonical request. */
  readonly opening: string;
  /** The signature, in hex, over the opening and that hash. */
  readonly over: (canonicalHash: string) => string;
}

/** @param date as in `x-amz-date` */
export function sealAt(
  hashing: Hashing,
  { accessKeyId, secretAccessKey }: Credentials,
  { region, service }: SigningScope,
  date: string,
  keyOf: KeyCache = (secret, scope) => signingKey(hashing, secret, scope),
): Seal {
  const day = dayOf(date);
  const scope = credentialScope(day, region, service);
  const opening = openingOf(date, scope);
  const key = keyOf(secretAccessKey, { day, region, service });
  return { date, credential: `${accessKeyId}/${scope}`, opening, over: hashing.hmacSha256HexFrom(key, opening) };
}

/** The last steps of the recipe: string to sign, signature, header. */
export function seal(hashing: Hashing, { line, form, payloadHash }: Outline, now: Seal): Signed {
  const { headers, authorization } = mouldOf(form, now);
  const canonical = line + headers + payloadHash;
  const hash = hashing.sha256Hex(canonical);
  const signature = now.over(hash);
  return {
    headers: withAdded({ "x-amz-date": now.date, authorization: authorization + signature }, form.frame),
    canonicalRequest: canonical,
    stringToSign: now.opening + hash,
    signature,
  };
}

/** Hot path: written out, since spreading an object costs k6 as much as a hash. */
function withAdded(signed: Record<string, string>, { added, addedNames }: HeaderFrame): Record<string, string> {
  for (let at = 0; at < addedNames.length; at++) {
    const name = addedNames[at] ?? "";
    signed[name] = added[name] ?? "";
  }
  return signed;
}

/** The header alone, for who puts it beside the others without an object of them all: a third of the time goes into that. */
export function authorizationOf(hashing: Hashing, { line, form, payloadHash }: Outline, now: Seal): string {
  const { headers, authorization } = mouldOf(form, now);
  return authorization + now.over(hashing.sha256Hex(line + headers + payloadHash));
}
