import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Principal } from "./access.ts";
import { type Combination, type CombinationName, combinations } from "./combinations.ts";
import type { Decision } from "./evaluate.ts";
import type { NearMiss } from "./match-statement.ts";
import type { StatementRef } from "./policy.ts";

/**
 * What each layer's policy says. A layer that is left out has no policy in force: no policy attached, or auth type NONE in
 * Lattice. Lattice with auth type AWS_IAM and no policy is `{ kind: "silent", why: [] }`.
 */
export type LayerDecisions = Readonly<Partial<Record<PolicyLayer, Decision>>>;

export type Outcome =
  | { readonly kind: "allow" }
  | {
      readonly kind: "refused";
      readonly layer: PolicyLayer;
      readonly explicit: boolean;
      /** The statement that denies; null when nothing allows. */
      readonly statement: StatementRef | null;
      /** Why that layer does not allow; empty where it denies or has no policy. */
      readonly why: readonly NearMiss[];
    };

function grants(layer: PolicyLayer, alone: boolean, layers: LayerDecisions, combination: Combination): boolean {
  const decision = layers[layer];
  if (decision === undefined) return combination.openWhenAbsent.includes(layer);
  // Beside others that could grant instead, a statement that only delegates to the account does not grant by itself.
  return decision.kind === "allow" && (alone || decision.grants === "principal");
}

/** Puts the layers of a path together; names the first that refuses in the order in which AWS words it. */
export function decide(name: CombinationName, layers: LayerDecisions): Outcome {
  const combination: Combination = combinations[name];
  for (const layer of combination.layers) {
    const decision = layers[layer];
    if (decision?.kind === "deny") {
      return { kind: "refused", layer, explicit: true, statement: decision.statement, why: [] };
    }
  }
  for (const group of combination.groups) {
    const alone = group.length === 1;
    if (group.some((layer) => grants(layer, alone, layers, combination))) continue;
    const decision = layers[group[0]];
    const why = decision?.kind === "silent" ? decision.why : [];
    return { kind: "refused", layer: group[0], explicit: false, statement: null, why };
  }
  return { kind: "allow" };
}

/** How the policies on a path are combined: by the service, who calls, and whose the called thing is. */
export function combinationFor(
  service: "lambda" | "lattice" | "api-gateway",
  principal: Principal,
  owner: { readonly account: string },
): CombinationName {
  if (service === "lattice") return principal.kind === "anonymous" ? "lattice-anonymous" : "lattice-signed";
  if (principal.kind === "anonymous") return service === "lambda" ? "lambda-cross-account" : "api-gateway-open";
  return `${service}-${principal.account === owner.account ? "same" : "cross"}-account`;
}
