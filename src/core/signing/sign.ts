import type { SigningScope } from "#core/targets/target.ts";
import { authorizationHeader } from "./authorization-header.ts";
import { canonicalLine, canonicalRequest } from "./canonical-request.ts";
import type { Credentials } from "./credentials.ts";
import type { Hashing } from "./hashing.ts";
import { type HeaderFrame, headerFrame } from "./header-frame.ts";
import { payloadHash as hashBody, unsignedPayload } from "./payload-hash.ts";
import type { Signable, Signed } from "./signable.ts";
import { type KeyCache, signingKey } from "./signing-key.ts";
import { credentialScope, stringToSign } from "./string-to-sign.ts";
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
    headers: headerFrame(signable, scope, credentials.sessionToken, hash),
    payloadHash: hash,
  };
  return seal(hashing, outline, sealAt(hashing, credentials, scope, amzDate(atMs)));
}

/** A canonical request with the date left open, in the parts that repeat apart from each other. */
export interface Outline {
  /** Method, path and query. */
  readonly line: string;
  readonly headers: HeaderFrame;
  readonly payloadHash: string;
}

/** The hash that is signed: what the request announces itself, `UNSIGNED-PAYLOAD`, or the body's. */
export const signedPayloadHash = (hashing: Hashing, { headers, body }: Signable, { payload }: SigningScope): string =>
  headers["x-amz-content-sha256"] ?? (payload === "unsigned" ? unsignedPayload : hashBody(hashing, body));

/** What all signatures of one second have in common. */
export interface Seal {
  readonly key: Uint8Array;
  /** As in `x-amz-date`. */
  readonly date: string;
  /** What the key is good for. */
  readonly scope: string;
  /** Whose key it is, and the scope. */
  readonly credential: string;
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
  return { key: keyOf(secretAccessKey, { day, region, service }), date, scope, credential: `${accessKeyId}/${scope}` };
}

/** The last steps of the recipe: string to sign, signature, header. */
export function seal(hashing: Hashing, outline: Outline, now: Seal): Signed {
  const canonical = canonicalAt(outline, now);
  const toSign = stringToSign(hashing, now.date, now.scope, canonical);
  const signature = hashing.hmacSha256Hex(now.key, toSign);
  const authorization = authorizationHeader(now.credential, outline.headers.signedHeaders, signature);
  return {
    headers: withAdded({ "x-amz-date": now.date, authorization }, outline.headers),
    canonicalRequest: canonical,
    stringToSign: toSign,
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
export function authorizationOf(hashing: Hashing, outline: Outline, now: Seal): string {
  const toSign = stringToSign(hashing, now.date, now.scope, canonicalAt(outline, now));
  return authorizationHeader(now.credential, outline.headers.signedHeaders, hashing.hmacSha256Hex(now.key, toSign));
}

const canonicalAt = ({ line, headers, payloadHash }: Outline, { date }: Seal): string =>
  canonicalRequest(line, headers.beforeDate + date + headers.afterDate, payloadHash);
