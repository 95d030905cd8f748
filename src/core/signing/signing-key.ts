import type { Hashing } from "./hashing.ts";
import { terminator } from "./string-to-sign.ts";

export interface KeyScope {
  /** UTC date as `YYYYMMDD`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/**
 * The key that signs one day's requests to one service in one region.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signingKey(hashing: Hashing, secretAccessKey: string, { day, region, service }: KeyScope): Uint8Array {
  const dayKey = hashing.hmacSha256(`AWS4${secretAccessKey}`, day);
  const regionKey = hashing.hmacSha256(dayKey, region);
  const serviceKey = hashing.hmacSha256(regionKey, service);
  return hashing.hmacSha256(serviceKey, terminator);
}

export type KeyCache = (secretAccessKey: string, scope: KeyScope) => Uint8Array;

/** Derives each key once. Holds secrets: keep it no longer than the credentials themselves. */
export function createKeyCache(hashing: Hashing, keysMax = 50): KeyCache {
  const keys = new Map<string, Uint8Array>();
  return (secretAccessKey, scope) => {
    const name = `${scope.day}/${scope.region}/${scope.service}/${secretAccessKey}`;
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size >= keysMax) keys.clear();
    const key = signingKey(hashing, secretAccessKey, scope);
    keys.set(name, key);
    return key;
  };
}
