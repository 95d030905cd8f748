import { matchesGlob } from "./glob.ts";
import { eachStatement, type Lint, latticeLayers, resourceLayers } from "./lint.ts";
import type { Policy, Statement } from "./policy.ts";

const authPolicies = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html";
const lambdaEndpoints = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-endpoints.html";
const principals = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html";
const notPrincipals = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html";

const functionArn = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+)(:.+)?$/;

/** Says which calls a statement forgets when it names a function by one of its two ARN forms only. */
function forgottenForm({ effect, action, resource }: Statement, policy: Policy): string | null {
  const invokes = action.patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), "lambda:invokefunction"));
  if (effect !== "Allow" || action.negated || resource.negated || !invokes) return null;
  const allowed = policy.statements.flatMap((one) => (one.effect === "Allow" ? one.resource.patterns : []));
  for (const pattern of resource.patterns) {
    const [, name = "", qualifier] = functionArn.exec(pattern) ?? [];
    if (name === "" || (qualifier === undefined && name.endsWith("*"))) continue;
    const base = pattern.slice(0, pattern.length - (qualifier?.length ?? 0));
    const others = allowed.filter((one) => one !== pattern);
    if (qualifier === undefined && !others.some((one) => one.startsWith(`${base}:`) || matchesGlob(one, `${base}:x`))) {
      return `It allows ${pattern} only, so calls of a version or alias are refused: add ${base}:*.`;
    }
    if (qualifier !== undefined && !others.some((one) => matchesGlob(one, base))) {
      return `It allows ${pattern} only, so calls without version or alias are refused: add ${base}.`;
    }
  }
  return null;
}

const allowsEveryone = ({ effect, principal }: Statement): boolean =>
  effect === "Allow" && principal?.names.some(({ kind }) => kind === "everyone") === true;

/** Condition keys that an unsigned caller cannot satisfy, or that say something about it. */
const asksWhoCalls = ({ conditions }: Statement): boolean =>
  conditions.some(({ key }) => /^aws:(principal|userid|username)/i.test(key));

export const statementLints: readonly Lint[] = [
  {
    layers: resourceLayers,
    source: principals,
    look: (policy) =>
      eachStatement(policy, ({ principal }) =>
        principal === null
          ? `It has no Principal, which such a policy must have: write "Principal": "*" or name one.`
          : null,
      ),
  },
  {
    layers: ["identity"],
    source: principals,
    look: (policy) =>
      eachStatement(policy, ({ principal }) =>
        principal === null ? null : "It has a Principal, which an identity policy must not have: leave it out.",
      ),
  },
  {
    layers: resourceLayers,
    source: notPrincipals,
    look: (policy) =>
      eachStatement(policy, ({ principal }) =>
        principal?.negated === true && !principal.names.some(({ kind }) => kind === "account")
          ? "Its NotPrincipal names no account, so AWS may deny the account and with it those it names: add the account, or use ArnNotEquals on aws:PrincipalArn."
          : null,
      ),
  },
  {
    layers: latticeLayers,
    source: authPolicies,
    look: (policy) =>
      eachStatement(policy, ({ resource }) => {
        const bare = resource.patterns.find((pattern) => /:service\/[^/*]+$/.test(pattern));
        return bare === undefined
          ? null
          : `Its Resource ${bare} is a service without a path and matches no request: write ${bare}/*.`;
      }),
  },
  {
    layers: ["identity", ...latticeLayers],
    source: authPolicies,
    look: (policy) =>
      eachStatement(policy, ({ action }) =>
        action.patterns.some((pattern) => /^vpc-lattice:invoke$/i.test(pattern))
          ? "Its Action vpc-lattice:Invoke does not exist: calling a service is vpc-lattice-svcs:Invoke."
          : null,
      ),
  },
  {
    layers: latticeLayers,
    source: authPolicies,
    look: (policy) =>
      eachStatement(policy, (statement) =>
        allowsEveryone(statement) && !asksWhoCalls(statement)
          ? `It also allows callers who do not sign: add "StringNotEquals": {"aws:PrincipalType": "Anonymous"} unless that is meant.`
          : null,
      ),
  },
  {
    layers: ["identity", "endpoint"],
    source: lambdaEndpoints,
    look: (policy) => eachStatement(policy, (statement) => forgottenForm(statement, policy)),
  },
];
