import type { Fault } from "../fault.ts";

/** What goes wrong with policies. */
export const policyFaults: readonly Fault[] = [
  {
    name: "identity-silent",
    title: "The caller's identity policy allows something else only",
    // Within an account API Gateway is content with its resource policy alone.
    kinds: ["lambda-endpoint", "lattice"],
    auth: "iam",
    cause: "denied-identity-policy",
    effects: { policy: "identity-silent" },
  },
  {
    name: "resource-silent",
    title: "The API's resource policy allows something else only",
    // A signed caller of the same account is let in by its identity policy.
    kinds: ["api-gateway"],
    auth: "none",
    cause: "denied-resource-policy",
    effects: { policy: "resource-silent" },
  },
  {
    name: "endpoint-silent",
    title: "The endpoint policy allows something else only",
    kinds: ["api-gateway", "lambda-endpoint"],
    auth: null,
    cause: "denied-endpoint-policy",
    effects: { policy: "endpoint-silent" },
  },
  {
    name: "endpoint-lacks-qualified",
    title: "The endpoint policy lists the function's unqualified ARN only",
    kinds: ["lambda-endpoint"],
    auth: "iam",
    cause: "denied-endpoint-policy",
    effects: { policy: "endpoint-lacks-qualified" },
  },
  {
    name: "lattice-service-silent",
    title: "The service's auth policy allows something else only",
    kinds: ["lattice"],
    auth: "iam",
    cause: "denied-lattice-service-policy",
    effects: { policy: "lattice-service-silent" },
  },
  {
    name: "lattice-network-silent",
    title: "The service network's auth policy allows something else only",
    kinds: ["lattice"],
    auth: "iam",
    cause: "denied-lattice-network-policy",
    effects: { policy: "lattice-network-silent" },
  },
  {
    name: "identity-denies",
    title: "The caller's identity policy denies explicitly",
    kinds: ["api-gateway", "lambda-endpoint", "lattice"],
    auth: "iam",
    cause: "denied-explicit",
    effects: { policy: "identity-denies" },
  },
  {
    name: "endpoint-denies",
    title: "The endpoint policy denies explicitly",
    kinds: ["api-gateway", "lambda-endpoint"],
    auth: null,
    cause: "denied-explicit",
    effects: { policy: "endpoint-denies" },
  },
  {
    name: "resource-denies",
    title: "The resource policy denies explicitly",
    kinds: ["api-gateway", "lambda-endpoint"],
    auth: null,
    cause: "denied-explicit",
    effects: { policy: "resource-denies" },
  },
  {
    name: "lattice-service-denies",
    title: "The service's auth policy denies explicitly",
    kinds: ["lattice"],
    auth: "iam",
    cause: "denied-explicit",
    effects: { policy: "resource-denies" },
  },
];
