import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Front } from "./front.ts";

/** `User: … is not authorized to perform: … on resource: … because … | with an explicit deny in …`, taken apart. */
export interface Denial {
  /** ARN, or `anonymous`. */
  readonly principal: string;
  readonly action: string;
  /** As worded: `VPC endpoint policy`, `permissions boundary`; null when the text does not say. */
  readonly policy: string | null;
  readonly explicit: boolean;
}

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
export function layerAssumed({ principal }: Denial, front: Front | null): PolicyLayer {
  switch (front) {
    case "api-gateway":
      return "resource";
    case "lattice":
      return "lattice-service";
    default:
      return principal === "anonymous" ? "resource" : "identity";
  }
}
