import type { SigningScope } from "#core/targets/target.ts";
import { canonicalHeaders, headerBlock, isSigned } from "./canonical-headers.ts";
import { pathOf } from "./canonical-path.ts";
import { queryOf } from "./canonical-query.ts";
import { canonicalLine, canonicalRequest } from "./canonical-request.ts";
import type { Credentials } from "./credentials.ts";
import type { Hashing } from "./hashing.ts";
import { encodeText } from "./percent-encoding.ts";
import { signedPayloadHash } from "./sign.ts";
import type { Signable } from "./signable.ts";
import { signingKey } from "./signing-key.ts";
import { algorithm, credentialScope, stringToSign } from "./string-to-sign.ts";
import { amzDate, dayOf } from "./timestamp.ts";

export interface Presigned {
  /** Path and query as on the wire, the signature in it: a secret while it has not expired. */
  readonly path: string;
  /** Those of the request that must be sent along, as they are part of the signature (or harmless to it). */
  readonly headers: Readonly<Record<string, string>>;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

/** A week, the longest that AWS allows. */
export const presignSecondsMax = 604_800;

/**
 * Signs one request with SigV4, in its query.
 *
 * @param expiresS seconds the signature is good for
 * @param own what becomes of the request's own headers named `x-amz-…`: they move into the query, as AWS's SDK for JavaScript
 *   does it, or stay headers, signed, as botocore does it: then they mean to the service what they always do
 * @throws RangeError unless `expiresS` is a whole number from 1 to a week
 */
export function presign(
  hashing: Hashing,
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
  expiresS: number,
  own: "in-query" | "in-headers" = "in-query",
): Presigned {
  if (!Number.isInteger(expiresS) || expiresS < 1 || expiresS > presignSecondsMax)
    throw new RangeError(`a presigned request lives 1 to ${presignSecondsMax} whole seconds, not ${expiresS}`);
  const date = amzDate(atMs);
  const { region, service } = scope;
  const credential = credentialScope(dayOf(date), region, service);
  const hash = signedPayloadHash(hashing, signable, scope);
  const announced = scope.payload === "unsigned" ? { "x-amz-content-sha256": hash } : {};
  const { kept, hoisted } = divide({ ...announced, ...signable.headers }, own);
  const headers = canonicalHeaders({ ...signedOnes(kept), host: signable.host });
  const parameters: Headers = {
    ...hoisted,
    ...claimed(credentials, credential, date, expiresS, headers.names),
  };
  const path = pathOf(signable.path);
  const query = [queryOf(signable.path), asQuery(parameters)].filter((part) => part !== "").join("&");
  const canonical = canonicalRequest(
    canonicalLine(signable.method, `${path}?${query}`, service),
    headerBlock(headers),
    hash,
  );
  const toSign = stringToSign(hashing, date, credential, canonical);
  const key = signingKey(hashing, credentials.secretAccessKey, { day: dayOf(date), region, service });
  const signature = hashing.hmacSha256Hex(key, toSign);
  return {
    path: `${path}?${query}&X-Amz-Signature=${signature}`,
    headers: kept,
    canonicalRequest: canonical,
    stringToSign: toSign,
    signature,
  };
}

const claimed = (
  { accessKeyId, sessionToken }: Credentials,
  scope: string,
  date: string,
  expiresS: number,
  signedHeaders: string,
): Headers => ({
  ...(sessionToken === null ? {} : { "X-Amz-Security-Token": sessionToken }),
  "X-Amz-Algorithm": algorithm,
  "X-Amz-Credential": `${accessKeyId}/${scope}`,
  "X-Amz-Date": date,
  "X-Amz-Expires": String(expiresS),
  "X-Amz-SignedHeaders": signedHeaders,
});

type Headers = Readonly<Record<string, string>>;

function divide(
  headers: Headers,
  own: "in-query" | "in-headers",
): { readonly kept: Headers; readonly hoisted: Headers } {
  const all = Object.entries(headers).filter(([name]) => name !== "authorization" && name !== "x-amz-date");
  const moves = (name: string): boolean => own === "in-query" && name.startsWith("x-amz-");
  return {
    kept: Object.fromEntries(all.filter(([name]) => !moves(name))),
    hoisted: Object.fromEntries(all.filter(([name]) => moves(name))),
  };
}

const signedOnes = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => isSigned(name)));

const asQuery = (parameters: Headers): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`)
    .join("&");
