import type { SigningScope } from "#core/targets/target.ts";
import { authorizationHeader } from "./authorization-header.ts";
import type { Credentials } from "./credentials.ts";
import { type Frame, frameOf } from "./frame.ts";
import type { Hashing } from "./hashing.ts";
import { payloadHash, unsignedPayload } from "./payload-hash.ts";
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
  const frame = frameOf(signable, scope, credentials.sessionToken, signedPayloadHash(hashing, signable, scope));
  return signFrame(hashing, frame, { accessKeyId: credentials.accessKeyId, key, region, service, date });
}

/** The hash that is signed: what the request announces itself, `UNSIGNED-PAYLOAD`, or the body's. */
export const signedPayloadHash = (hashing: Hashing, { headers, body }: Signable, { payload }: SigningScope): string =>
  headers["x-amz-content-sha256"] ?? (payload === "unsigned" ? unsignedPayload : payloadHash(hashing, body));

export interface Seal {
  readonly accessKeyId: string;
  readonly key: Uint8Array;
  readonly region: string;
  readonly service: string;
  /** As in `x-amz-date`. */
  readonly date: string;
}

/** The last steps of the recipe: string to sign, signature, header. */
export function signFrame(hashing: Hashing, frame: Frame, { accessKeyId, key, region, service, date }: Seal): Signed {
  const canonicalRequest = `${frame.beforeDate}${date}${frame.afterDate}`;
  const scope = credentialScope(dayOf(date), region, service);
  const toSign = stringToSign(hashing, date, scope, canonicalRequest);
  const signature = hashing.hmacSha256Hex(key, toSign);
  const authorization = authorizationHeader(`${accessKeyId}/${scope}`, frame.signedHeaders, signature);
  return {
    headers: { ...frame.added, "x-amz-date": date, authorization },
    canonicalRequest,
    stringToSign: toSign,
    signature,
  };
}
