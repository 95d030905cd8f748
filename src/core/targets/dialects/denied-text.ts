import type { PolicyLayer, Refusal } from "./dialect.ts";

export type Denied = Extract<Refusal, { kind: "denied" }>;

const policyNames: Record<PolicyLayer, string> = {
  identity: "identity-based policy",
  resource: "resource-based policy",
  endpoint: "VPC endpoint policy",
  "lattice-service": "service-based policy",
  "lattice-network": "network-based policy",
};

/** `User: … is not authorized to perform: … on resource: …`, the part every front words alike. */
export const notAuthorized = ({ principal, action, resource }: Denied): string =>
  `User: ${principal} is not authorized to perform: ${action} on resource: ${resource}`;

/** Why: `because no … policy allows …` where nothing allows it, `with an explicit deny in a … policy` where one forbids it. */
export function denialReason({ action, layer, explicit }: Denied): string {
  const name = policyNames[layer];
  if (!explicit) return `because no ${name} allows the ${action} action`;
  return `with an explicit deny in ${layer === "identity" ? "an" : "a"} ${name}`;
}

export const deniedText = (denied: Denied): string => `${notAuthorized(denied)} ${denialReason(denied)}`;
