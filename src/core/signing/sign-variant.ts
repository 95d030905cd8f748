import type { HeaderVariant } from "#core/observations/exchange.ts";
import type { SigningScope } from "#core/targets/target.ts";
import type { Credentials } from "./credentials.ts";
import type { Hashing } from "./hashing.ts";
import { payloadHash } from "./payload-hash.ts";
import { sign } from "./sign.ts";
import type { Signable, Signed } from "./signable.ts";

/** Well beyond the five minutes that AWS tolerates. */
export const clockSkewMs = 20 * 60_000;

/** AWS's own example of a key id: well-formed, and never given to anyone. */
export const impossibleKeyId = "AKIAIOSFODNN7EXAMPLE";

/**
 * Signs correctly, not at all (null), or wrong in exactly one way. For `ended-session`, hand in the ended credentials.
 *
 * @param seed makes up the secret of `unknown-key`; the same seed makes the same
 */
export function signVariant(
  hashing: Hashing,
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
  variant: HeaderVariant,
  seed: string | number,
): Signed | null {
  switch (variant) {
    case "unsigned":
      return null;
    case "correct":
    case "ended-session":
      return sign(hashing, signable, credentials, scope, atMs);
    case "wrong-service":
      return sign(hashing, signable, credentials, { ...scope, service: wrongService(scope.service) }, atMs);
    case "wrong-region":
      return sign(hashing, signable, credentials, { ...scope, region: wrongRegion(scope.region) }, atMs);
    case "skewed-clock":
      return sign(hashing, signable, credentials, scope, atMs - clockSkewMs);
    case "early-clock":
      return sign(hashing, signable, credentials, scope, atMs + clockSkewMs);
    case "other-host":
      return sign(hashing, { ...signable, host: otherHost }, credentials, scope, atMs);
    case "other-body":
      return sign(hashing, { ...signable, body: `${signable.body ?? ""} ` }, credentials, scope, atMs);
    case "tampered":
      return tamper(sign(hashing, signable, credentials, scope, atMs));
    case "unknown-key":
      return sign(hashing, signable, madeUp(hashing, seed), scope, atMs);
    case "missing-token":
      return sign(hashing, signable, { ...credentials, sessionToken: null }, scope, atMs);
    case "signed-payload":
      return signWithHash(hashing, signable, credentials, scope, atMs);
  }
}

/** Of RFC 2606: nobody's. */
export const otherHost = "other.example";

/** The mistake people make: the control plane's name, or the neighbour's. */
const confusions: Readonly<Record<string, string>> = {
  "vpc-lattice-svcs": "vpc-lattice",
  "execute-api": "apigateway",
  lambda: "execute-api",
};

export const wrongService = (service: string): string => confusions[service] ?? "lambda";

export const wrongRegion = (region: string): string => (region === "us-east-1" ? "eu-west-1" : "us-east-1");

/** Another last digit: the length and the alphabet stay right, so nothing but the signature is wrong. */
function tamper(signed: Signed): Signed {
  const last = signed.signature.endsWith("0") ? "1" : "0";
  const signature = `${signed.signature.slice(0, -1)}${last}`;
  const authorization = `${signed.headers["authorization"]?.slice(0, -1)}${last}`;
  return { ...signed, signature, headers: { ...signed.headers, authorization } };
}

const madeUp = (hashing: Hashing, seed: string | number): Credentials => ({
  accessKeyId: impossibleKeyId,
  secretAccessKey: hashing.sha256Hex(`pathproof made this secret up ${seed}`).slice(0, 40),
  sessionToken: null,
});

function signWithHash(
  hashing: Hashing,
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
): Signed {
  const announced = { "x-amz-content-sha256": payloadHash(hashing, signable.body) };
  const headers = { ...signable.headers, ...announced };
  const signed = sign(hashing, { ...signable, headers }, credentials, { ...scope, payload: "signed" }, atMs);
  return { ...signed, headers: { ...announced, ...signed.headers } };
}
