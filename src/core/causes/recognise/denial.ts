import type { Exchange } from "#core/observations/exchange.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Target } from "#core/targets/target.ts";
import type { Sighting } from "../cause.ts";
import { frontOf } from "./front.ts";
import { type Denial, layerAssumed, layerOf, readDenial } from "./read-denial.ts";
import { complaints, type Reply, wasAnswered } from "./replies.ts";
import { sighting } from "./sighting.ts";

export interface Denied extends Reply {
  readonly denial: Denial;
}

export const denials = (exchanges: readonly Exchange[], target: Target): readonly Denied[] =>
  complaints(exchanges, target).flatMap((reply) => {
    const denial = reply.answer.status >= 400 ? readDenial(reply.said.message) : null;
    return denial === null ? [] : [{ ...reply, denial }];
  });

/** Refusals by one layer's policy; `likely` where only the form of the text points to it. */
export function deniedBy(layer: PolicyLayer, exchanges: readonly Exchange[], target: Target): Sighting | null {
  const all = denials(exchanges, target);
  const named = all.filter(({ denial }) => layerOf(denial) === layer);
  const assumed = all.filter(
    (denied) => layerOf(denied.denial) === null && layerAssumed(denied.denial, frontOf(target)) === layer,
  );
  return (
    sighting(
      "certain",
      named.flatMap((denied) => describe(denied, target)),
    ) ??
    sighting(
      "likely",
      assumed.flatMap((denied) => describe(denied, target)),
    )
  );
}

function describe(denied: Denied, target: Target): readonly string[] {
  const answered = wasAnswered(denied, target);
  return denied.denial.principal === "anonymous" ? [answered, "The caller was anonymous to it."] : [answered];
}
