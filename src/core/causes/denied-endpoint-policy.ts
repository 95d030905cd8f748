import type { Cause } from "./cause.ts";
import { deniedBy } from "./recognise/denial.ts";
import { permission } from "./words/by-kind.ts";

export const deniedEndpointPolicy: Cause = {
  code: "denied-endpoint-policy",
  layer: "policy",
  title: "The VPC endpoint's policy does not allow it",
  explanation:
    "The policy on the VPC endpoint filters what may pass through it; it grants nothing by itself. The usual gap is the ARN: the unqualified and the qualified form of a function are different resources, and a policy with one of them refuses calls by the other. Denials by an endpoint of another account may not show in CloudTrail. Which statement is in the way is told where the policy's file stands under the target's `policies: { endpoint: … }`; `pathproof lab --endpoint-policy FILE` tries a policy before it is live.",
  remedy(target) {
    const { action, resource } = permission(target);
    return `Allow ${action} on ${resource} in the endpoint policy, both forms where there are two, and check that its Principal covers the caller. Changes can take some minutes. Wildcards in its string conditions need six literal characters beside them, and keys such as aws:PrincipalAccount and aws:SourceVpc take none.`;
  },
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) => deniedBy("endpoint", exchanges, target),
};
