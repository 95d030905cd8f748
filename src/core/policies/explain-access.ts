import { anonymousPrincipal } from "#core/targets/access.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { AccessContext } from "./access.ts";
import { isAbsent, type Service } from "./access-of.ts";
import { callerOf } from "./caller-of.ts";
import { type CombinationName, combinations } from "./combinations.ts";
import { combinationFor } from "./decide.ts";
import { evaluateWithGaps, type Gaps, type Judged, judgeStatements } from "./evaluate-with-gaps.ts";
import { foresee, type KnownPolicies } from "./foresee.ts";
import { lintPolicy } from "./lint-policy.ts";
import { otherForm } from "./other-form.ts";
import type { Policy } from "./policy.ts";

/** A question put to policy documents, without a target. */
export interface AccessQuestion {
  /** ARN of a role, a session or a user; or `anonymous`. */
  readonly principal: string;
  /** `lambda:InvokeFunction` */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** By condition key; what is not here is not known. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface GivenPolicy {
  readonly file: string;
  /** Null: not said. */
  readonly layer: PolicyLayer | null;
  readonly policy: Policy;
}

/** `unknown`: it hangs on what is not known. */
export type Says = "allow" | "deny" | "silent" | "unknown";

export interface ExplainedPolicy {
  readonly file: string;
  readonly layer: PolicyLayer | null;
  readonly says: Says;
  /** Whether what allows does so only through the caller's account, whose own policies must allow too. */
  readonly delegates: boolean;
  readonly statements: readonly Judged[];
  /** What would have to be known. */
  readonly hangsOn: readonly string[];
  /** What is odd about it in that layer, in sentences. */
  readonly warnings: readonly string[];
  /** What it says of the function's other ARN form, where that is something else. */
  readonly otherForm: { readonly arn: string; readonly says: Says } | null;
}

export interface Explained {
  readonly policies: readonly ExplainedPolicy[];
  /** All layers together; null where fewer than two were named, or it is not known how they go together. */
  readonly together: Together | null;
}

export interface Together {
  readonly combination: CombinationName;
  readonly says: "allow" | "refused" | "unknown";
  /** Which refuses; null unless one alone does. */
  readonly layer: PolicyLayer | null;
  readonly explicit: boolean;
  readonly hangsOn: readonly string[];
}

/**
 * Evaluates documents offline, each by itself and all that name their layer together, with every statement's reason.
 *
 * @param notInForce layers that have no policy, as far as it is known
 */
export function explainAccess(
  question: AccessQuestion,
  given: readonly GivenPolicy[],
  notInForce: readonly PolicyLayer[],
): Explained {
  const { access, gaps } = asked(question);
  return {
    policies: given.map((one) => explainPolicy(one, access, gaps)),
    together: putTogether(question, layersOf(given, notInForce), access, gaps),
  };
}

function asked({ principal, action, resource, context }: AccessQuestion) {
  const caller = callerOf(principal, { arn: principal, sessionName: null });
  const known = new Set([...Object.keys(context), ...caller.keys].map((key) => key.toLowerCase()));
  const service = serviceOf(action);
  const anonymous = principal === anonymousPrincipal;
  const access: AccessContext = {
    principal: caller.principal,
    action,
    resource,
    conditions: { ...context, ...caller.conditions },
  };
  const gaps: Gaps = {
    isKnown: (key) => known.has(key) || (service !== null && isAbsent(key, service, anonymous)),
    principal: caller.unknown,
    sessionsOf: caller.sessionsOf,
    resource: null,
  };
  return { access, gaps };
}

const services: Readonly<Record<string, Service>> = {
  lambda: "lambda",
  "vpc-lattice-svcs": "lattice",
  "execute-api": "api-gateway",
};

const serviceOf = (action: string): Service | null => services[action.split(":")[0]?.toLowerCase() ?? ""] ?? null;

function explainPolicy({ file, layer, policy }: GivenPolicy, access: AccessContext, gaps: Gaps): ExplainedPolicy {
  const { says, delegates, hangsOn } = saysOf(policy, access, gaps);
  const arn = otherForm(access);
  const ofOther = arn === null ? says : saysOf(policy, { ...access, resource: arn }, gaps).says;
  return {
    file,
    layer,
    says,
    delegates,
    statements: judgeStatements(policy, access, gaps),
    hangsOn,
    warnings: layer === null ? [] : lintPolicy(policy, layer).map(({ message }) => message),
    otherForm: arn === null || ofOther === says ? null : { arn, says: ofOther },
  };
}

function saysOf(policy: Policy, access: AccessContext, gaps: Gaps) {
  const { decisions, missing } = evaluateWithGaps(policy, access, gaps);
  const kinds = new Set(decisions.map(({ kind }) => kind));
  const [only = "silent", ...others] = kinds;
  // Denied or not allowed: refused either way.
  const says: Says = others.length === 0 ? only : kinds.has("allow") ? "unknown" : "silent";
  const delegates = says === "allow" && decisions.every((one) => one.kind === "allow" && one.grants === "account");
  return { says, delegates, hangsOn: says === "unknown" ? [...new Set(missing)] : [] };
}

const layersOf = (given: readonly GivenPolicy[], notInForce: readonly PolicyLayer[]): KnownPolicies =>
  Object.fromEntries([
    ...notInForce.map((layer) => [layer, null] as const),
    ...given.flatMap(({ layer, policy }) => (layer === null ? [] : [[layer, policy] as const])),
  ]);

function putTogether(
  { action, resource }: AccessQuestion,
  known: KnownPolicies,
  access: AccessContext,
  gaps: Gaps,
): Together | null {
  const service = serviceOf(action);
  if (service === null || Object.keys(known).length < 2) return null;
  const { principal } = access;
  const owner = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
  const account = owner ?? (principal.kind === "aws" ? principal.account : "");
  const combination = combinationFor(service, principal, { account });
  const { outcomes, missing } = foresee(known, { combinations: [combination], access, gaps });
  const [first, ...others] = outcomes;
  if (first.kind === "allow" && others.length === 0)
    return { combination, says: "allow", layer: null, explicit: false, hangsOn: [] };
  const refusals = outcomes.flatMap((one) => (one.kind === "refused" ? [one] : []));
  const all = refusals.length === outcomes.length;
  const [refusal] = refusals;
  const alone = all && refusals.length === 1 ? (refusal ?? null) : null;
  return {
    combination,
    says: all ? "refused" : "unknown",
    layer: alone?.layer ?? null,
    explicit: alone?.explicit ?? false,
    hangsOn: missing,
  };
}

/** The layers that take part where an action is asked for; null where that is not known. */
export function layersFor(action: string): readonly PolicyLayer[] | null {
  const service = serviceOf(action);
  if (service === null) return null;
  return combinations[usual[service]].layers;
}

const usual = {
  lambda: "lambda-same-account",
  lattice: "lattice-signed",
  "api-gateway": "api-gateway-same-account",
} as const satisfies Record<Service, CombinationName>;
