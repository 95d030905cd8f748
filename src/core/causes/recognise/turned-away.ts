import type { Answered } from "#core/observations/exchange.ts";
import { type DeniedBy, refusers } from "#core/targets/access.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Target } from "#core/targets/target.ts";
import { layerAssumed, layerOf, readDenial } from "./read-denial.ts";
import { said } from "./said.ts";

/** How an answer turned a caller away. */
export type TurnedAway =
  | {
      readonly kind: "policy";
      readonly layer: PolicyLayer;
      /** Whether the answer itself names the layer; else it is what such an answer usually means. */
      readonly named: boolean;
      readonly explicit: boolean;
      /** As worded: `VPC endpoint policy`; null where it names none. */
      readonly policy: string | null;
    }
  | { readonly kind: "authentication" }
  /** A refusal that does not say by what. */
  | { readonly kind: "unnamed" };

/** Null when the answer is none that turns a caller away. */
export function turnedAway(answer: Answered, target: Target): TurnedAway | null {
  if (answer.status < 400) return null;
  const { errorType, message } = said(answer);
  const denial = readDenial(message);
  if (denial !== null) {
    const { explicit, policy } = denial;
    const layer = layerOf(denial);
    return { kind: "policy", layer: layer ?? layerAssumed(denial, target), named: layer !== null, explicit, policy };
  }
  const unsigned = unauthenticated.includes(errorType ?? "") || unauthenticatedText.test(message);
  if (unsigned || answer.status === 401) return { kind: "authentication" };
  return answer.status === 403 ? { kind: "unnamed" } : null;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
const unauthenticated: readonly string[] = [
  "MissingAuthenticationTokenException",
  "MissingAuthenticationToken",
  "IncompleteSignatureException",
  "IncompleteSignature",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "ExpiredTokenException",
  "ExpiredToken",
];
const unauthenticatedText =
  /^Missing Authentication Token$|The (?:security token included in the request is|request signature we calculated)/;

/** Whether it was turned away by what should have done it. */
export function fits(by: DeniedBy, found: TurnedAway): boolean {
  if (by === "any") return true;
  if (found.kind === "unnamed") return false;
  if (found.kind === "authentication" || by === "authentication") return found.kind === by;
  return by === "explicit" ? found.explicit : by === `${found.layer}-policy`;
}

/** A sentence on what should have happened to a request that was let in. */
export const shouldBeRefused = (by: DeniedBy): string =>
  by === "any" ? "It should have been refused." : `It should have been refused by ${refusers[by]}.`;

/** What did refuse, after `refused by`. */
export function refuserOf(found: TurnedAway): string {
  if (found.kind === "authentication") return "authentication";
  if (found.kind === "unnamed") return "something that does not say what it is";
  const policy = refusers[`${found.layer}-policy`];
  return found.explicit ? `an explicit deny in ${policy}` : policy;
}
