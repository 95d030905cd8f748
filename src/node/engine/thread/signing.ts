import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import type { Signable } from "#core/signing/signable.ts";
import { createSigner, type Signer } from "#core/signing/signer.ts";
import { hashing } from "#node/crypto/hashing.ts";

/** Signs a target's requests with the credentials of the moment. */
export interface Signing {
  /** Changes with the credentials. */
  readonly version: number;
  renew(credentials: Credentials): void;
  /** The headers to add. @param atMs since the epoch */
  sign(signable: Signable, atMs: number): Readonly<Record<string, string>>;
}

/** @throws Error when a target is to be signed and nobody knows what for */
export function createSigning({ id, signing: scope }: PlannedTarget): Signing {
  if (scope === null) throw new Error(`target ${JSON.stringify(id)} has no service and region to sign for`);
  let signer: Signer | null = null;
  let version = 0;
  return {
    get version() {
      return version;
    },
    renew(credentials) {
      signer = createSigner(hashing, credentials, scope);
      version += 1;
    },
    sign(signable, atMs) {
      if (signer === null) throw new Error("a request is to be signed, and there are no credentials");
      return signer(signable, atMs).headers;
    },
  };
}
