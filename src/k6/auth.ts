import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Credentials } from "#core/signing/credentials.ts";
import type { Signable, Signed } from "#core/signing/signable.ts";
import { createSigner, type Signer } from "#core/signing/signer.ts";
import { currentCredentials } from "./credentials.ts";
import { hashing } from "./hashing.ts";

interface Kept {
  readonly credentials: Credentials;
  readonly signer: Signer;
}

const kept = new Map<string, Kept>();

/**
 * Signs a request for a target with the credentials of the moment. Within a second, the same request gets the same answer:
 * the very object, so that it can be told from a new one at no cost.
 */
export function sign(target: PlannedTarget, signable: Signable): Signed {
  if (target.signing === null)
    throw new Error(`target ${JSON.stringify(target.id)} has no service and region to sign for: give it auth: iam`);
  const credentials = currentCredentials();
  let own = kept.get(target.id);
  if (own === undefined || own.credentials !== credentials) {
    own = { credentials, signer: createSigner(hashing, credentials, target.signing) };
    kept.set(target.id, own);
  }
  return own.signer(signable, Date.now());
}
