import type { Cause } from "./cause.ts";
import { deniedBy } from "./recognise/denial.ts";
import { byKind, permission } from "./words/by-kind.ts";

export const deniedIdentityPolicy: Cause = {
  code: "denied-identity-policy",
  layer: "policy",
  title: "The caller's own policies do not allow it",
  explanation:
    "The signature is good and the caller is known; nothing in the caller's identity-based policies, or in what bounds them (permissions boundary, session policy, service control policy), allows the action on this resource. Lattice demands this allow even where its auth policy names the caller.",
  remedy(target) {
    const { action, resource } = permission(target);
    const where = byKind(target, {
      lattice: " The /* at the end matters: a bare service ARN matches no request.",
      "lambda-endpoint":
        " The first ARN is for unqualified calls, the second for versions and aliases; most callers need both.",
      other: "",
    });
    return `Allow ${action} on ${resource} in a policy of the caller's role.${where} Then look at what bounds the role: permissions boundary, session policy, service control policies of the organization. Check that the caller is the one you mean.`;
  },
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) => deniedBy("identity", exchanges, target),
};
