import type { PresignedVariant } from "#core/observations/exchange.ts";
import type { SigningScope } from "#core/targets/target.ts";
import type { Credentials } from "./credentials.ts";
import type { Hashing } from "./hashing.ts";
import { type Presigned, presign } from "./presign.ts";
import { clockSkewMs, wrongService } from "./sign-variant.ts";
import type { Signable } from "./signable.ts";

/** A minute: long enough for one request on its way, too short to be of use to anyone who finds it. */
const expiresS = 60;

/** Signs in the query, correctly or wrong in exactly one way. The request's own headers keep their meaning and stay. */
export function presignVariant(
  hashing: Hashing,
  signable: Signable,
  credentials: Credentials,
  scope: SigningScope,
  atMs: number,
  variant: PresignedVariant,
): Presigned {
  const signed = (by: Credentials, of: SigningScope, when: number): Presigned =>
    presign(hashing, signable, by, of, when, expiresS, "in-headers");
  switch (variant) {
    case "presigned":
      return signed(credentials, scope, atMs);
    case "presigned-expired":
      return signed(credentials, scope, atMs - clockSkewMs);
    case "presigned-other-service":
      return signed(credentials, { ...scope, service: wrongService(scope.service) }, atMs);
    case "presigned-without-token":
      return signed({ ...credentials, sessionToken: null }, scope, atMs);
  }
}

const variants: readonly string[] = [
  "presigned",
  "presigned-expired",
  "presigned-other-service",
  "presigned-without-token",
] satisfies readonly PresignedVariant[];

export const isPresigned = (variant: string): variant is PresignedVariant => variants.includes(variant);
