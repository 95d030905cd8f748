import type { Exchange } from "#core/observations/exchange.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { type TurnedAway, turnedAway } from "./turned-away.ts";

/** What the wire says of a principal's request: whether it passed everything that decides on access. */
export type AccessSeen =
  | { readonly kind: "allowed"; readonly status: number }
  | { readonly kind: "denied"; readonly status: number; readonly by: TurnedAway }
  /** No answer, or one that says nothing of access. */
  | { readonly kind: "unclear"; readonly status: number | null };

const ofRefusals: readonly number[] = [401, 403];

export function accessSeen({ outcome }: Exchange, { expect }: TargetRequest, target: Target): AccessSeen {
  if (outcome.kind !== "answered") return { kind: "unclear", status: null };
  const { status } = outcome;
  const by = turnedAway(outcome, target);
  if (by !== null) return { kind: "denied", status, by };
  // An answer that the config expects comes from behind whatever decides on access, be it a 404.
  const expected = expect.statuses.includes(status) && !ofRefusals.includes(status);
  return status < 400 || expected ? { kind: "allowed", status } : { kind: "unclear", status };
}
