import { parsePolicy } from "#core/policies/parse-policy.ts";
import type { Policy } from "#core/policies/policy.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { LabCaller } from "../callers.ts";
import type { Effects } from "../fault.ts";
import type { PolicyFiles, Surroundings } from "../world.ts";
import { defaultPolicies, faultyPolicies, lockedOutIdentity } from "./default-policies.ts";

/** The same for another caller than the lab's own: with that caller's policies in place of its client's. */
export function policiesFor(by: LabCaller | null, policies: PolicySet, { effects }: Surroundings): PolicySet {
  if (by === null) return policies;
  const lockedOut = effects.policy === "reader-locked-out" && by.name === "reader";
  return { ...policies, identity: readPolicy("identity", lockedOut ? lockedOutIdentity : by.identity) };
}

export type PolicySet = Readonly<Record<PolicyLayer, Policy>>;

const fields = {
  identity: "identity",
  resource: "resource",
  endpoint: "endpoint",
  "lattice-service": "latticeService",
  "lattice-network": "latticeNetwork",
} as const satisfies Record<PolicyLayer, keyof PolicyFiles>;

const faultOf = (policy: Effects["policy"]): Partial<PolicyFiles> => {
  const all: Readonly<Partial<Record<NonNullable<Effects["policy"]>, Partial<PolicyFiles>>>> = faultyPolicies;
  return (policy === undefined ? null : all[policy]) ?? {};
};

/**
 * The policies in force: a fault's before the user's own, those before the lab's.
 *
 * @throws RangeError when a document is no valid policy, with every problem in it
 */
export function policySet({ effects, policies }: Surroundings): PolicySet {
  const faulty = faultOf(effects.policy);
  const read = (layer: PolicyLayer): Policy => {
    const field = fields[layer];
    return readPolicy(layer, faulty[field] ?? policies?.[field] ?? defaultPolicies[field]);
  };
  return {
    identity: read("identity"),
    resource: read("resource"),
    endpoint: read("endpoint"),
    "lattice-service": read("lattice-service"),
    "lattice-network": read("lattice-network"),
  };
}

function readPolicy(layer: PolicyLayer, text: string): Policy {
  const parsed = parsePolicy(text);
  if (parsed.kind === "ok") return parsed.policy;
  const problems = parsed.problems.map(({ path, expected }) => `${path || "document"}: expected ${expected}`);
  throw new RangeError(`the lab's ${layer} policy cannot be used: ${problems.join("; ")}`);
}
