import { canonicalHeaders, headerBlock } from "./canonical-headers.ts";
import { queryOf, queryPairs } from "./canonical-query.ts";
import { canonicalLine, canonicalRequest } from "./canonical-request.ts";
import type { Hashing } from "./hashing.ts";
import { payloadHash, unsignedPayload } from "./payload-hash.ts";
import { type Authorization, headerValue, type ReceivedRequest, readAuthorization } from "./read-authorization.ts";
import { type KeyCache, signingKey } from "./signing-key.ts";
import { credentialScope, stringToSign } from "./string-to-sign.ts";
import { dayOf } from "./timestamp.ts";

export interface Verification {
  readonly matches: boolean;
  /** As the verifier computes it; empty when the request carries no complete signature. */
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** Empty when it matches. */
  readonly disagrees: readonly Disagreement[];
}

export type Disagreement =
  /** No signature, or an incomplete one: see `readAuthorization`. */
  | { readonly kind: "authorization" }
  | { readonly kind: "host-not-signed" }
  | { readonly kind: "signed-header-not-sent"; readonly name: string }
  /** `x-amz-content-sha256` announces another body than the one received. */
  | { readonly kind: "payload-hash"; readonly announced: string; readonly received: string }
  /** The day of the credential scope is not that of `x-amz-date`. */
  | { readonly kind: "day"; readonly inScope: string; readonly inDate: string }
  | { readonly kind: "signature" };

/**
 * Computes a received request's signature again, with what it claims of itself: the caller judges region, service, time and
 * key id, and knows the secret. Compares plainly: the time it takes may tell an attacker things, so not for a real gate.
 *
 * @param keyOf a cache of keys, where many requests are verified
 */
export function verify(
  hashing: Hashing,
  request: ReceivedRequest,
  secretAccessKey: string,
  keyOf: KeyCache = (secret, scope) => signingKey(hashing, secret, scope),
): Verification {
  const reading = readAuthorization(request);
  if (reading.kind !== "ok")
    return { matches: false, canonicalRequest: "", stringToSign: "", disagrees: [{ kind: "authorization" }] };
  const { day, region, service, date, signature } = reading.authorization;
  const received = payloadHash(hashing, request.body);
  const announced = announcedHash(request);
  const canonical = canonicalOf(request, reading.authorization, announced === unsignedPayload ? announced : received);
  const toSign = stringToSign(hashing, date, credentialScope(day, region, service), canonical);
  const key = keyOf(secretAccessKey, { day, region, service });
  const disagrees: Disagreement[] = outward(request, reading.authorization);
  if (announced !== null && announced !== unsignedPayload && announced !== received)
    disagrees.push({ kind: "payload-hash", announced, received });
  if (hashing.hmacSha256Hex(key, toSign) !== signature) disagrees.push({ kind: "signature" });
  return { matches: disagrees.length === 0, canonicalRequest: canonical, stringToSign: toSign, disagrees };
}

/** What can be seen to disagree without the secret. */
function outward(request: ReceivedRequest, { signedHeaders, day, date }: Authorization): Disagreement[] {
  const found: Disagreement[] = [];
  if (!signedHeaders.includes("host")) found.push({ kind: "host-not-signed" });
  for (const name of signedHeaders) {
    if (headerValue(request, name) === null) found.push({ kind: "signed-header-not-sent", name });
  }
  if (dayOf(date) !== day) found.push({ kind: "day", inScope: day, inDate: dayOf(date) });
  return found;
}

function announcedHash(request: ReceivedRequest): string | null {
  const inQuery = queryPairs(queryOf(request.path)).find(([name]) => name.toLowerCase() === "x-amz-content-sha256");
  return headerValue(request, "x-amz-content-sha256") ?? inQuery?.[1] ?? null;
}

function canonicalOf(request: ReceivedRequest, { signedHeaders, service }: Authorization, hash: string): string {
  const signed = Object.fromEntries(signedHeaders.map((name) => [name, headerValue(request, name) ?? ""]));
  return canonicalRequest(
    canonicalLine(request.method, request.path, service),
    headerBlock(canonicalHeaders(signed)),
    hash,
  );
}
