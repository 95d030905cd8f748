import type { Credentials } from "#core/signing/credentials.ts";
import type { Signable, Signed } from "#core/signing/signable.ts";
import type { SigningScope } from "#core/targets/target.ts";

/**
 * Whether AWS's own signer makes the same signature of the same request at the same time: what decides, when a service calls
 * a signature wrong, between a fault of ours and a request that was changed on its way.
 */
export async function agreesWithReference(
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
  signed: Signed,
): Promise<boolean> {
  // Loaded when it is asked for: most runs never are.
  const { signWithReference } = await import("#node/crypto/reference-signer.ts");
  const headers = await signWithReference(signable, credentials, scope, atMs);
  return headers["authorization"] === signed.headers["authorization"];
}
