import { parsePolicy } from "#core/policies/parse-policy.ts";
import type { Policy } from "#core/policies/policy.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { PolicyFiles, Surroundings } from "../world.ts";
import { defaultPolicies, faultyPolicies } from "./default-policies.ts";

export type PolicySet = Readonly<Record<PolicyLayer, Policy>>;

const fields = {
  identity: "identity",
  resource: "resource",
  endpoint: "endpoint",
  "lattice-service": "latticeService",
  "lattice-network": "latticeNetwork",
} as const satisfies Record<PolicyLayer, keyof PolicyFiles>;

/**
 * The policies in force: a fault's before the user's own, those before the lab's.
 *
 * @throws RangeError when a document is no valid policy, with every problem in it
 */
export function policySet({ effects, policies }: Surroundings): PolicySet {
  const faulty: Partial<PolicyFiles> = effects.policy === undefined ? {} : faultyPolicies[effects.policy];
  const read = (layer: PolicyLayer): Policy => {
    const field = fields[layer];
    const parsed = parsePolicy(faulty[field] ?? policies?.[field] ?? defaultPolicies[field]);
    if (parsed.kind === "ok") return parsed.policy;
    const problems = parsed.problems.map(({ path, expected }) => `${path || "document"}: expected ${expected}`);
    throw new RangeError(`the lab's ${layer} policy cannot be used: ${problems.join("; ")}`);
  };
  return {
    identity: read("identity"),
    resource: read("resource"),
    endpoint: read("endpoint"),
    "lattice-service": read("lattice-service"),
    "lattice-network": read("lattice-network"),
  };
}
