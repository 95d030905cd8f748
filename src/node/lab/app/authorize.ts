import type { Principal } from "#core/policies/access.ts";
import { type CombinationName, combinations } from "#core/policies/combinations.ts";
import { decide, type LayerDecisions } from "#core/policies/decide.ts";
import { evaluate } from "#core/policies/evaluate.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import type { LabRequest } from "../wire.ts";
import { clientVpc, clientVpce } from "./names.ts";
import type { PolicySet } from "./policy-set.ts";
import { nameOfPrincipal } from "./principal.ts";

export interface Asking {
  readonly principal: Principal;
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** Condition keys beyond those every request has. */
  readonly conditions: Readonly<Record<string, string | readonly string[]>>;
}

/** Null when the policies on this kind of path, taken together, allow it. */
export function authorize(combination: CombinationName, asking: Asking, policies: PolicySet): Refusal | null {
  const decisions: LayerDecisions = Object.fromEntries(
    combinations[combination].layers.map((layer) => [layer, evaluate(policies[layer], asking)]),
  );
  const outcome = decide(combination, decisions);
  if (outcome.kind === "allow") return null;
  return {
    kind: "denied",
    principal: nameOfPrincipal(asking.principal),
    action: asking.action,
    resource: asking.resource,
    layer: outcome.layer,
    explicit: outcome.explicit,
  };
}

/** What AWS knows of every request that comes through an interface endpoint. */
export const endpointConditions = (request: LabRequest): Readonly<Record<string, string>> => ({
  "aws:SourceVpce": clientVpce,
  "aws:SourceVpc": clientVpc,
  "aws:VpcSourceIp": request.remoteAddress,
  "aws:SecureTransport": String(request.scheme === "https"),
});
