import type { Cause } from "./cause.ts";
import { denials } from "./recognise/denial.ts";
import { wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";

export const deniedExplicit: Cause = {
  code: "denied-explicit",
  layer: "policy",
  title: "A Deny statement forbids it",
  explanation:
    "A policy says Deny for this request. No Allow anywhere outweighs that, so adding permissions changes nothing: the Deny itself, or its condition, must no longer match. The message usually names the type of policy; the statement is named where the policies' files stand under the target's `policies`.",
  remedy: () =>
    "Find the Deny in the type of policy that the message names (it may give its ARN), and see which of its conditions matched: aws:SourceVpce, aws:SourceVpc, aws:PrincipalOrgID and aws:PrincipalType are the usual ones. For an API's resource policy, redeploy after the change. If the message names no type, look at the resource policy first, then at service control policies.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  trust: "doc",
  refines: [
    "denied-endpoint-policy",
    "denied-identity-policy",
    "denied-lattice-network-policy",
    "denied-lattice-service-policy",
    "denied-resource-policy",
    "unexpected-status",
  ],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      denials(exchanges, target)
        .filter(({ denial }) => denial.explicit)
        .map((denied) => {
          const policy = denied.denial.policy ?? "policy whose type the text does not name";
          return `${wasAnswered(denied, target)} The Deny is in ${/^[aeio]/i.test(policy) ? "an" : "a"} ${policy}.`;
        }),
    ),
};
