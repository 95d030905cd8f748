import type { Front } from "./recognise/front.ts";
import type { Said } from "./recognise/said.ts";
import { complaintOfSignature, signatureCodes, tellings, tells } from "./recognise/telling.ts";
import { refuserIn, type TurnedAway } from "./recognise/turned-away.ts";

export const refusalCodes = [
  ...signatureCodes,
  "denied-explicit",
  "denied-identity-policy",
  "denied-resource-policy",
  "denied-endpoint-policy",
  "denied-lattice-service-policy",
  "denied-lattice-network-policy",
  "apigw-forbidden",
  "apigw-unknown-route",
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/**
 * What a refusal that should not have been counts as under load, where only its words are kept: the code by which `check` names it
 * too. Null where it does not say by what.
 */
export function refusalCode(
  found: TurnedAway,
  said: Said,
  { front, signed }: { readonly front: Front | null; readonly signed: boolean },
): RefusalCode | null {
  if (found.kind === "unnamed")
    return front === "api-gateway" && tells(tellings["apigw-forbidden"], said) ? "apigw-forbidden" : null;
  if (found.kind === "policy") {
    // Lattice has no other words for who did not sign; of whom it knows not to have signed it names the layer.
    const unseen = signed || (!found.named && !found.explicit);
    if (front === "lattice" && found.anonymous && unseen) return "auth-missing";
    const by = refuserIn(found);
    return by === "authentication" || by === "unnamed" ? null : `denied-${by}`;
  }
  if (front === "api-gateway" && signed && tells(tellings["apigw-unknown-route"], said)) return "apigw-unknown-route";
  return complaintOfSignature(said) ?? "auth-missing";
}
