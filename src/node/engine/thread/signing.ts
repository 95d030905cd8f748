import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { canonicalLine } from "#core/signing/canonical-request.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import { createForm, type Form } from "#core/signing/form.ts";
import { headerFrame } from "#core/signing/header-frame.ts";
import { authorizationOf, type Outline, type Seal, sealAt, signedPayloadHash } from "#core/signing/sign.ts";
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
  /** The same text for equal ones: requests that differ in their path alone have all else in common, in the processor's cache too. */
  shared(text: string): string;
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
  readonly texts: Map<string, string>;
  readonly forms: Map<string, Form>;
}

/** Beyond it requests have nothing in common that would be worth to keep. */
const keptMax = 1000;

function kept<T>(all: Map<string, T>, name: string, make: () => T): T {
  const known = all.get(name);
  if (known !== undefined) return known;
  const made = make();
  if (all.size < keptMax) all.set(name, made);
  return made;
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
  const formOf = (signable: Signable, payloadHash: string): Form => {
    const frame = headerFrame(signable, scope, mustHold().credentials.sessionToken, payloadHash);
    return kept(mustHold().forms, frame.beforeDate + frame.afterDate, () => createForm(frame));
  };
  return {
    get version() {
      return version;
    },
    renew(credentials) {
      held = { credentials, keyOf: createKeyCache(hashing), texts: new Map(), forms: new Map() };
      sealed = null;
      version += 1;
    },
    outline(signable) {
      const payloadHash = signedPayloadHash(hashing, signable, scope);
      return {
        line: canonicalLine(signable.method, signable.path, scope.service),
        form: formOf(signable, payloadHash),
        payloadHash: this.shared(payloadHash),
      };
    },
    shared: (text) => kept(mustHold().texts, text, () => text),
    stamp(outline, atMs) {
      const now = sealNow(atMs);
      return { date: now.date, authorization: authorizationOf(hashing, outline, now) };
    },
  };
}
