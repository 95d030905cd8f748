import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { canonicalLine } from "#core/signing/canonical-request.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import { headerFrame } from "#core/signing/header-frame.ts";
import { type Outline, type Seal, seal, sealAt, signedPayloadHash } from "#core/signing/sign.ts";
import type { Signable } from "#core/signing/signable.ts";
import { createKeyCache, type KeyCache } from "#core/signing/signing-key.ts";
import { amzDate } from "#core/signing/timestamp.ts";
import { hashing } from "#node/crypto/hashing.ts";

/**
 * Signs a target's requests with the credentials of the moment. The steps of `createSigner`, taken apart: here each request
 * keeps its own canonical form for the whole load, however many there are.
 */
export interface Signing {
  /** Changes with the credentials, and with it every outline. */
  readonly version: number;
  renew(credentials: Credentials): void;
  /** All of a signature that stays while the credentials do. */
  outline(signable: Signable): Outline;
  /** @param atMs since the epoch */
  stamp(outline: Outline, atMs: number): Stamp;
}

/** The headers to add, beside those of the outline. */
export interface Stamp {
  readonly date: string;
  readonly authorization: string;
}

interface Held {
  readonly credentials: Credentials;
  readonly keyOf: KeyCache;
}

/** @throws Error when a target is to be signed and nobody knows what for */
export function createSigning({ id, signing: scope }: PlannedTarget): Signing {
  if (scope === null) throw new Error(`target ${JSON.stringify(id)} has no service and region to sign for`);
  let held: Held | null = null;
  let version = 0;
  let secondOf = Number.NaN;
  let sealed: Seal | null = null;
  const mustHold = (): Held => {
    if (held === null) throw new Error("a request is to be signed, and there are no credentials");
    return held;
  };
  /** To format a moment costs as much as to hash it, and within a second it comes to the same. */
  const sealNow = (atMs: number): Seal => {
    const second = Math.floor(atMs / 1000);
    if (sealed !== null && second === secondOf) return sealed;
    const { credentials, keyOf } = mustHold();
    sealed = sealAt(hashing, credentials, scope, amzDate(atMs), keyOf);
    secondOf = second;
    return sealed;
  };
  return {
    get version() {
      return version;
    },
    renew(credentials) {
      held = { credentials, keyOf: createKeyCache(hashing) };
      sealed = null;
      version += 1;
    },
    outline(signable) {
      const payloadHash = signedPayloadHash(hashing, signable, scope);
      const headers = headerFrame(signable, scope, mustHold().credentials.sessionToken, payloadHash);
      return { line: canonicalLine(signable.method, signable.path, scope.service), headers, payloadHash };
    },
    stamp(outline, atMs) {
      const now = sealNow(atMs);
      return { date: now.date, authorization: seal(hashing, outline, now).headers["authorization"] ?? "" };
    },
  };
}
