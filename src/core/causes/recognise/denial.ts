import type { Exchange } from "#core/observations/exchange.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Target } from "#core/targets/target.ts";
import type { Sighting } from "../cause.ts";
import { frontOf } from "./front.ts";
import { complaints, type Reply, wasAnswered } from "./replies.ts";
import { sighting } from "./sighting.ts";

/** `User: … is not authorized to perform: … on resource: … because … | with an explicit deny in …`, taken apart. */
export interface Denial {
  /** ARN, or `anonymous`. */
  readonly principal: string;
  readonly action: string;
  /** As worded: `VPC endpoint policy`, `permissions boundary`; null when the text does not say. */
  readonly policy: string | null;
  readonly explicit: boolean;
}

export interface Denied extends Reply {
  readonly denial: Denial;
}

export const denials = (exchanges: readonly Exchange[], target: Target): readonly Denied[] =>
  complaints(exchanges, target).flatMap((reply) => {
    const denial = reply.answer.status >= 400 ? readDenial(reply.said.message) : null;
    return denial === null ? [] : [{ ...reply, denial }];
  });

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function readDenial(message: string): Denial | null {
  const who = /User: (\S+) is not authorized to (?:perform|access)[^\S\n]*:? ?(\S*)/.exec(message);
  if (who === null) return null;
  const reason = /(because no|with an explicit deny(?: in an?)?) ?(.{0,120})/.exec(message);
  const policy = policyName.exec(reason?.[2] ?? "");
  return {
    principal: who[1] ?? "",
    action: who[2] ?? "",
    policy: policy?.[0] ?? null,
    explicit: reason?.[1]?.startsWith("with") === true,
  };
}

const policyName =
  /(?:identity-based|resource-based|VPC endpoint|network-based|service-based|service control|resource control|session) policy|permissions boundary/i;

const layers: Readonly<Record<string, PolicyLayer>> = {
  "identity-based policy": "identity",
  // All of these bound what the caller's own side grants.
  "session policy": "identity",
  "permissions boundary": "identity",
  "service control policy": "identity",
  "resource-based policy": "resource",
  "resource control policy": "resource",
  "vpc endpoint policy": "endpoint",
  "service-based policy": "lattice-service",
  "network-based policy": "lattice-network",
};

/** The layer a text names; null when it names none. */
export const layerOf = ({ policy }: Denial): PolicyLayer | null => layers[policy?.toLowerCase() ?? ""] ?? null;

/** The layer to suspect where the text names none: API Gateway leaves it out for its resource policy. */
function layerAssumed({ denial }: Denied, target: Target): PolicyLayer {
  switch (frontOf(target)) {
    case "api-gateway":
      return "resource";
    case "lattice":
      return "lattice-service";
    default:
      return denial.principal === "anonymous" ? "resource" : "identity";
  }
}

/** Refusals by one layer's policy; `likely` where only the form of the text points to it. */
export function deniedBy(layer: PolicyLayer, exchanges: readonly Exchange[], target: Target): Sighting | null {
  const all = denials(exchanges, target);
  const named = all.filter(({ denial }) => layerOf(denial) === layer);
  const assumed = all.filter((denied) => layerOf(denied.denial) === null && layerAssumed(denied, target) === layer);
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
