import type { Trust } from "#core/facts.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";

/** How the policies on one kind of path are put together. */
export interface Combination {
  /** The layers that take part, in the order in which a refusal is blamed on them. */
  readonly layers: readonly PolicyLayer[];
  /** Every group must be granted by one of its layers; the first that is not is blamed on its first layer. */
  readonly groups: readonly (readonly [PolicyLayer, ...PolicyLayer[]])[];
  /** Layers that allow everything when there is no policy in force (no endpoint policy, auth type NONE). */
  readonly openWhenAbsent: readonly PolicyLayer[];
  readonly source: string;
  readonly trust: Trust;
}

const evaluationLogic = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";
const apiGatewayFlow =
  "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html";
const latticeLogic = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html";

const endpointOpen: readonly PolicyLayer[] = ["endpoint"];
const latticeOpen: readonly PolicyLayer[] = ["lattice-network", "lattice-service"];

/** Within an account either the identity's or the resource's policy suffices; across accounts both must allow. */
const sameAccount = {
  layers: ["endpoint", "identity", "resource"],
  groups: [["endpoint"], ["identity", "resource"]],
  openWhenAbsent: endpointOpen,
} as const satisfies Partial<Combination>;

const crossAccount = {
  layers: ["endpoint", "identity", "resource"],
  groups: [["endpoint"], ["identity"], ["resource"]],
  openWhenAbsent: endpointOpen,
} as const satisfies Partial<Combination>;

export const combinations = {
  "lambda-same-account": { ...sameAccount, source: evaluationLogic, trust: "doc" },
  "lambda-cross-account": { ...crossAccount, source: evaluationLogic, trust: "doc" },
  "api-gateway-same-account": { ...sameAccount, source: apiGatewayFlow, trust: "doc" },
  "api-gateway-cross-account": { ...crossAccount, source: apiGatewayFlow, trust: "doc" },
  /** Methods without authorization, and callers without a signature: the resource policy alone must allow. */
  "api-gateway-open": {
    layers: ["endpoint", "resource"],
    groups: [["endpoint"], ["resource"]],
    openWhenAbsent: endpointOpen,
    source: apiGatewayFlow,
    trust: "doc",
  },
  /**
   * All three must allow, whatever the accounts. AWS documents no order; a caller whom neither the service's nor its own
   * policy allowed was told of the service's (recorded), so identity is blamed last.
   */
  "lattice-signed": {
    layers: ["lattice-network", "lattice-service", "identity"],
    groups: [["lattice-network"], ["lattice-service"], ["identity"]],
    openWhenAbsent: latticeOpen,
    source: latticeLogic,
    trust: "code",
  },
  "lattice-anonymous": {
    layers: ["lattice-network", "lattice-service"],
    groups: [["lattice-network"], ["lattice-service"]],
    openWhenAbsent: latticeOpen,
    source: latticeLogic,
    trust: "doc",
  },
} as const satisfies Record<string, Combination>;

export type CombinationName = keyof typeof combinations;
