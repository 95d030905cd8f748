import type { Answered } from "#core/observations/exchange.ts";
import { type DeniedBy, type Refuser, refusers } from "#core/targets/access.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Target } from "#core/targets/target.ts";
import { type Front, frontOf } from "./front.ts";
import { layerAssumed, layerOf, readDenial } from "./read-denial.ts";
import { type Said, said } from "./said.ts";
import { complaintOfSignature } from "./telling.ts";

/** How an answer turned a caller away. */
export type TurnedAway =
  | {
      readonly kind: "policy";
      readonly layer: PolicyLayer;
      /** Whether the answer itself names the layer; else it is what such an answer usually means. */
      readonly named: boolean;
      readonly explicit: boolean;
      /** Whether the caller was nobody to it. */
      readonly anonymous: boolean;
      /** As worded: `VPC endpoint policy`; null where it names none. */
      readonly policy: string | null;
    }
  | { readonly kind: "authentication" }
  /** A refusal that does not say by what. */
  | { readonly kind: "unnamed" };

/** Null when the answer is none that turns a caller away. */
export const turnedAway = (answer: Answered, target: Target): TurnedAway | null =>
  answer.status < 400 ? null : turnedAwayBy(answer.status, said(answer), frontOf(target));

/** The same of an error answer of which only its words are known. @param front whose words they are */
export function turnedAwayBy(status: number, words: Said, front: Front | null): TurnedAway | null {
  const denial = readDenial(words.message);
  if (denial !== null) {
    const { explicit, policy } = denial;
    const layer = layerOf(denial);
    const anonymous = denial.principal === "anonymous";
    return {
      kind: "policy",
      layer: layer ?? layerAssumed(denial, front),
      named: layer !== null,
      ...{ explicit, anonymous, policy },
    };
  }
  if (complaintOfSignature(words) !== null || status === 401) return { kind: "authentication" };
  return status === 403 ? { kind: "unnamed" } : null;
}

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

export function refuserIn(found: TurnedAway): Refuser {
  if (found.kind !== "policy") return found.kind;
  return found.explicit ? "explicit" : `${found.layer}-policy`;
}

/** What did refuse, after `refused by`. */
export function refuserOf(found: TurnedAway): string {
  if (found.kind === "authentication") return "authentication";
  if (found.kind === "unnamed") return "something that does not say what it is";
  const policy = refusers[`${found.layer}-policy`];
  return found.explicit ? `an explicit deny in ${policy}` : policy;
}
