import type { AccessContext, Principal } from "#core/policies/access.ts";
import { type Decision, evaluate } from "#core/policies/evaluate.ts";
import { parsePolicy } from "#core/policies/parse-policy.ts";
import type { Policy } from "#core/policies/policy.ts";

export const account = "111122223333";

export const roleSession: Principal = {
  kind: "aws",
  arn: `arn:aws:sts::${account}:assumed-role/orders-client/session`,
  account,
  type: "AssumedRole",
  roleArn: `arn:aws:iam::${account}:role/apps/orders-client`,
};

export const user: Principal = {
  kind: "aws",
  arn: `arn:aws:iam::${account}:user/ada`,
  account,
  type: "User",
  roleArn: null,
};

export const anonymous: Principal = { kind: "anonymous" };

export const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:orders`;

/** A role session that invokes a function, to be varied. */
export const makeAccess = (over: Partial<AccessContext> = {}): AccessContext => ({
  principal: roleSession,
  action: "lambda:InvokeFunction",
  resource: functionArn,
  conditions: {},
  ...over,
});

/** The policy of one statement that allows everything, unless told otherwise. */
export const makeDocument = (...statements: readonly Readonly<Record<string, unknown>>[]): unknown => ({
  Version: "2012-10-17",
  Statement: statements.map((one) => {
    const action = "NotAction" in one ? {} : { Action: "*" };
    const resource = "NotResource" in one ? {} : { Resource: "*" };
    return { Effect: "Allow", ...action, ...resource, ...one };
  }),
});

export function parsed(document: unknown): Policy {
  const result = parsePolicy(document);
  if (result.kind === "ok") return result.policy;
  throw new RangeError(result.problems.map(({ path, expected }) => `${path}: expected ${expected}`).join("\n"));
}

export const decisionOn = (
  access: AccessContext,
  ...statements: readonly Readonly<Record<string, unknown>>[]
): Decision => evaluate(parsed(makeDocument(...statements)), access);
