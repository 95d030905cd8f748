import type { SigningScope } from "#core/targets/target.ts";
import type { Credentials } from "./credentials.ts";
import { type Frame, frameOf } from "./frame.ts";
import type { Hashing } from "./hashing.ts";
import { signedPayloadHash, signFrame } from "./sign.ts";
import type { Signable, Signed } from "./signable.ts";
import { createKeyCache } from "./signing-key.ts";
import { amzDate, dayOf } from "./timestamp.ts";

export type Signer = (signable: Signable, atMs: number) => Signed;

interface Remembered {
  readonly signable: Signable;
  readonly frame: Frame;
  /** The last signature of it, good while its second lasts. */
  signed: { readonly date: string; readonly signed: Signed } | null;
}

const rememberedMax = 64;

/**
 * Signs many requests: the key is derived once a day, the canonical form once for a request that repeats, and the signature
 * itself once a second for it. A request repeats when method, host, path and body are equal and `headers` is the same
 * object, which must not change meanwhile.
 */
export function createSigner(hashing: Hashing, credentials: Credentials, scope: SigningScope): Signer {
  const { region, service } = scope;
  const remembered = new Map<string, Remembered>();
  const keyOf = createKeyCache(hashing);
  let second = Number.NaN;
  let date = "";

  const dateAt = (atMs: number): string => {
    const atSecond = Math.floor(atMs / 1000);
    if (atSecond !== second) date = amzDate(atMs);
    second = atSecond;
    return date;
  };

  const recall = (signable: Signable): Remembered => {
    const name = `${signable.method} ${signable.host}${signable.path}`;
    const known = remembered.get(name);
    if (known !== undefined && repeats(known.signable, signable)) return known;
    if (remembered.size >= rememberedMax) remembered.clear();
    const hash = signedPayloadHash(hashing, signable, scope);
    const fresh: Remembered = {
      signable,
      frame: frameOf(signable, scope, credentials.sessionToken, hash),
      signed: null,
    };
    // Bytes may be written over in place, so a request with them never counts as repeated.
    if (signable.body === null || typeof signable.body === "string") remembered.set(name, fresh);
    return fresh;
  };

  return (signable, atMs) => {
    const date = dateAt(atMs);
    const request = recall(signable);
    if (request.signed !== null && request.signed.date === date) return request.signed.signed;
    const key = keyOf(credentials.secretAccessKey, { day: dayOf(date), region, service });
    const signed = signFrame(hashing, request.frame, {
      accessKeyId: credentials.accessKeyId,
      key,
      region,
      service,
      date,
    });
    request.signed = { date, signed };
    return signed;
  };
}

const repeats = (a: Signable, b: Signable): boolean =>
  a.headers === b.headers && a.body === b.body && a.method === b.method && a.host === b.host && a.path === b.path;
