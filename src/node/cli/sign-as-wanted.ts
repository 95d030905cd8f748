import type { Credentials } from "#core/signing/credentials.ts";
import { presign } from "#core/signing/presign.ts";
import { sign } from "#core/signing/sign.ts";
import { hashing } from "#node/crypto/hashing.ts";
import type { ToSign } from "./sign-request-words.ts";

/** A request as it is to be sent, its signature in a header or in the query. */
export interface SignedWords {
  readonly method: string;
  readonly url: string;
  /** All but `host`. */
  readonly headers: Readonly<Record<string, string>>;
  /** When a signature in the query ends, ISO 8601 in UTC; null for one in a header. */
  readonly expiresAt: string | null;
}

export function signed(wanted: ToSign, credentials: Credentials): SignedWords {
  const { scope, atMs, expiresS, host, origin } = wanted;
  const { method, path, headers, body } = wanted.request;
  const signable = { method, host, path, headers, body };
  if (expiresS === null) {
    const added = sign(hashing, signable, credentials, scope, atMs);
    return { method, url: `${origin}${path}`, headers: { ...headers, ...added.headers }, expiresAt: null };
  }
  // Its own headers stay: one that means "do nothing" would be lost in the query, and the request would do something.
  const presigned = presign(hashing, signable, credentials, scope, atMs, expiresS, "in-headers");
  const expiresAt = new Date(atMs + expiresS * 1000).toISOString();
  return { method, url: `${origin}${presigned.path}`, headers: presigned.headers, expiresAt };
}
