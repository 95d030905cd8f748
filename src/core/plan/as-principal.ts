import { anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import { expectAccess } from "#core/targets/expect-access.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";

/** As plans and saved runs name who asks: not at all where it is the config's own. */
export const namedPrincipal = (principal: string): { readonly principal?: string } =>
  principal === defaultPrincipal ? {} : { principal };

/**
 * The target as a principal finds it: what the config expects of this one's requests, under `access`, in place of what it
 * expects of its own credentials. `anonymous` does not sign.
 */
export function asPrincipal(target: Target, principal: string): Target {
  if (principal === defaultPrincipal) return target;
  const [main, ...others] = target.requests;
  const asked = (request: TargetRequest): TargetRequest => {
    const cell = target.access?.find((one) => one.principal === principal && one.action === request.name);
    return cell === undefined ? request : { ...request, expect: expectAccess(request.expect, cell.expected) };
  };
  const unsigned = principal === anonymousPrincipal ? { auth: "none" as const, signing: null } : {};
  return { ...target, ...unsigned, requests: [asked(main), ...others.map(asked)] };
}
