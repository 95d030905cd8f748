import type { Principal } from "./access.ts";
import type { PrincipalElement, PrincipalName } from "./policy.ts";

/**
 * How an element covers the caller: by name or by everyone, or only through the caller's account, which delegates to that
 * account's own policies instead of granting by itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Cover = "principal" | "account";

function coverOf(name: PrincipalName, principal: Principal): Cover | null {
  if (name.kind === "everyone") return "principal";
  if (principal.kind === "anonymous") return null;
  switch (name.kind) {
    case "account":
      return name.account === principal.account ? "account" : null;
    case "arn":
      return name.arn === principal.arn || name.arn === principal.roleArn ? "principal" : null;
    case "other":
      return null;
  }
}

/** Null when the element does not cover the caller; a statement without one is about whomever the policy is attached to. */
export function matchPrincipal(element: PrincipalElement | null, principal: Principal): Cover | null {
  if (element === null) return "principal";
  const covers = element.names.map((name) => coverOf(name, principal));
  if (element.negated) return covers.every((cover) => cover === null) ? "principal" : null;
  if (covers.includes("principal")) return "principal";
  return covers.includes("account") ? "account" : null;
}
