import type { SigningScope } from "#core/targets/target.ts";
import { authorizationHeader } from "./authorization-header.ts";
import { canonicalLine, canonicalRequest } from "./canonical-request.ts";
import type { Credentials } from "./credentials.ts";
import type { Hashing } from "./hashing.ts";
import { type HeaderFrame, headerFrame } from "./header-frame.ts";
import { payloadHash as hashBody, unsignedPayload } from "./payload-hash.ts";
import type { Signable, Signed } from "./signable.ts";
import { signingKey } from "./signing-key.ts";
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
  const date = amzDate(atMs);
  const { region, service } = scope;
  const key = signingKey(hashing, credentials.secretAccessKey, { day: dayOf(date), region, service });
  const hash = signedPayloadHash(hashing, signable, scope);
  const outline: Outline = {
    line: canonicalLine(signable.method, signable.path, service),
    headers: headerFrame(signable, scope, credentials.sessionToken, hash),
    payloadHash: hash,
  };
  return seal(hashing, outline, { accessKeyId: credentials.accessKeyId, key, region, service, date });
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

export interface Seal {
  readonly accessKeyId: string;
  readonly key: Uint8Array;
  readonly region: string;
  readonly service: string;
  /** As in `x-amz-date`. */
  readonly date: string;
}

/** The last steps of the recipe: string to sign, signature, header. */
export function seal(hashing: Hashing, outline: Outline, { accessKeyId, key, region, service, date }: Seal): Signed {
  const { line, headers, payloadHash } = outline;
  const canonical = canonicalRequest(line, `${headers.beforeDate}${date}${headers.afterDate}`, payloadHash);
  const scope = credentialScope(dayOf(date), region, service);
  const toSign = stringToSign(hashing, date, scope, canonical);
  const signature = hashing.hmacSha256Hex(key, toSign);
  const authorization = authorizationHeader(`${accessKeyId}/${scope}`, headers.signedHeaders, signature);
  return {
    headers: { ...headers.added, "x-amz-date": date, authorization },
    canonicalRequest: canonical,
    stringToSign: toSign,
    signature,
  };
}
