import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccessContext } from "#core/policies/access.ts";
import { evaluate } from "#core/policies/evaluate.ts";
import {
  account,
  anonymous,
  decisionOn,
  functionArn,
  makeAccess,
  makeDocument,
  parsed,
  roleSession,
  user,
} from "./make.ts";

const kindOn = (access: AccessContext, statement: Readonly<Record<string, unknown>>): string =>
  decisionOn(access, statement).kind;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
describe("a principal", () => {
  const role = "arn:aws:iam::111122223333:role/apps/orders-client";
  test.each([
    ["everyone", "*", ["role", "user", "anonymous"]],
    ["everyone as AWS", { AWS: "*" }, ["role", "user", "anonymous"]],
    ["the account", { AWS: account }, ["role", "user"]],
    ["the account's ARN", { AWS: `arn:aws:iam::${account}:root` }, ["role", "user"]],
    ["another account", { AWS: "999999999999" }, []],
    ["the role", { AWS: role }, ["role"]],
    ["the session", { AWS: roleSession.kind === "aws" ? roleSession.arn : "" }, ["role"]],
    ["another session", { AWS: `arn:aws:sts::${account}:assumed-role/orders-client/other` }, []],
    ["the user", { AWS: `arn:aws:iam::${account}:user/ada` }, ["user"]],
    ["the user in another case", { AWS: `arn:aws:iam::${account}:user/Ada` }, []],
    ["one of several", { AWS: ["999999999999", role] }, ["role"]],
    ["a service", { Service: "lambda.amazonaws.com" }, []],
    ["a deleted role", { AWS: "AROAEXAMPLEEXAMPLE1" }, []],
  ])("that is %s covers whom it should", (_, principal, covered) => {
    const callers = { role: roleSession, user, anonymous };
    const found = Object.entries(callers)
      .filter(([, caller]) => kindOn(makeAccess({ principal: caller }), { Principal: principal }) === "allow")
      .map(([name]) => name);
    expect(found).toEqual(covered);
  });

  test("that is an account only delegates, and anything closer grants", () => {
    const byAccount = { Principal: { AWS: account } };
    expect(decisionOn(makeAccess(), byAccount)).toMatchObject({ kind: "allow", grants: "account" });
    expect(decisionOn(makeAccess(), byAccount, { Principal: { AWS: role } })).toMatchObject({
      statement: { index: 1 },
      grants: "principal",
    });
  });

  test("that is excepted is spared, and nobody else", () => {
    const statement = { Effect: "Deny", NotPrincipal: { AWS: [account, role] } };
    expect(kindOn(makeAccess(), statement)).toBe("silent");
    expect(kindOn(makeAccess({ principal: anonymous }), statement)).toBe("deny");
    expect(kindOn(makeAccess(), { Effect: "Deny", NotPrincipal: { AWS: "999999999999" } })).toBe("deny");
  });

  test("may be left out, as in identity policies", () => {
    expect(kindOn(makeAccess(), {})).toBe("allow");
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
describe("an action", () => {
  test.each([
    ["lambda:InvokeFunction", true],
    ["LAMBDA:invokefunction", true],
    ["lambda:Invoke*", true],
    ["lambda:*", true],
    ["*", true],
    ["lambda:InvokeFunctio?", true],
    ["lambda:Invoke", false],
    ["execute-api:*", false],
  ])("%s on lambda:InvokeFunction: %s", (pattern, matches) => {
    expect(kindOn(makeAccess(), { Action: pattern })).toBe(matches ? "allow" : "silent");
    expect(kindOn(makeAccess(), { NotAction: pattern })).toBe(matches ? "silent" : "allow");
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
describe("a resource", () => {
  const bucket = "arn:aws:s3:::amzn-s3-demo-bucket";
  const service = `arn:aws:vpc-lattice:us-west-2:${account}:service/svc-0123456789abcdef0`;
  test.each([
    [functionArn, functionArn, true],
    [functionArn, `${functionArn}:live`, false],
    [`${functionArn}:*`, functionArn, false],
    [`${functionArn}:*`, `${functionArn}:live`, true],
    [`${functionArn}*`, `${functionArn}:live`, true],
    ["arn:aws:lambda:*:*:function:orders", functionArn, true],
    [`${bucket}/*/test/*`, `${bucket}/1/2/test/3/object.jpg`, true],
    [`${bucket}/*/test/*`, `${bucket}//test/object.jpg`, true],
    [`${bucket}/*/test/*`, `${bucket}/1/test/`, true],
    [`${bucket}/*/test/*`, `${bucket}/1-test/object.jpg`, false],
    [`${bucket}/*/test/*`, `${bucket}/test/object.jpg`, false],
    // https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-resource-format
    ["*/rates", `${service}/rates`, true],
    ["*/*", `${service}/rates`, true],
    [`${service}/*`, `${service}/`, true],
    [service, `${service}/`, false],
    [functionArn.toUpperCase(), functionArn, false],
  ])("%s on %s: %s", (pattern, resource, matches) => {
    expect(kindOn(makeAccess({ resource }), { Resource: pattern })).toBe(matches ? "allow" : "silent");
    expect(kindOn(makeAccess({ resource }), { NotResource: pattern })).toBe(matches ? "silent" : "allow");
  });

  test("of many wildcards is decided at once", () => {
    const pattern = `arn:${"*a".repeat(400)}b`;
    expect(kindOn(makeAccess({ resource: `arn:${"a".repeat(4000)}` }), { Resource: pattern })).toBe("silent");
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe("a policy variable", () => {
  const tagged = (team: string) =>
    makeAccess({ resource: `${functionArn}-${team}`, conditions: { "aws:PrincipalTag/team": team } });

  test("stands for its value in a resource", () => {
    const statement = { Resource: `${functionArn}-\${aws:PrincipalTag/team}` };
    expect(kindOn(tagged("yellow"), statement)).toBe("allow");
    expect(kindOn(makeAccess({ resource: `${functionArn}-yellow` }), statement)).toBe("silent");
  });

  test("does not bring wildcards with it", () => {
    const statement = { Resource: `${functionArn}-\${aws:PrincipalTag/team}` };
    const access = makeAccess({ resource: `${functionArn}-red`, conditions: { "aws:PrincipalTag/team": "*" } });
    expect(kindOn(access, statement)).toBe("silent");
  });

  test("takes its default when there is no value", () => {
    const statement = { Resource: `${functionArn}-\${aws:PrincipalTag/team, 'company-wide'}` };
    expect(kindOn(makeAccess({ resource: `${functionArn}-company-wide` }), statement)).toBe("allow");
    expect(kindOn(tagged("yellow"), statement)).toBe("allow");
  });

  test("without a value equals nothing, so that negated operators hold", () => {
    const key = "aws:ResourceTag/Team";
    const access = makeAccess({ conditions: { [key]: "red" } });
    expect(kindOn(access, { Condition: { StringEquals: { [key]: "${aws:PrincipalTag/Team}" } } })).toBe("silent");
    const deny = { Effect: "Deny", Condition: { StringNotEquals: { [key]: "${aws:PrincipalTag/Team}" } } };
    expect(kindOn(access, deny)).toBe("deny");
  });

  test("can stand for *, ? and $ themselves", () => {
    const like = (value: string) => ({ Condition: { StringLike: { "aws:UserAgent": value } } });
    const agent = (value: string) => makeAccess({ conditions: { "aws:UserAgent": value } });
    expect(kindOn(agent("a*b"), like("a${*}b"))).toBe("allow");
    expect(kindOn(agent("axb"), like("a${*}b"))).toBe("silent");
    expect(kindOn(agent("a?$"), like("a${?}${$}"))).toBe("allow");
  });

  test("is plain text before version 2012-10-17", () => {
    const document = { Statement: { Effect: "Allow", Action: "*", Resource: "${aws:PrincipalTag/team}" } };
    const access = makeAccess({ resource: "red", conditions: { "aws:PrincipalTag/team": "red" } });
    expect(evaluate(parsed(document), access).kind).toBe("silent");
  });
});

describe("what nearly allowed", () => {
  test("is said statement by statement, the nearest first, and not of statements that deny", () => {
    const decision = decisionOn(
      makeAccess({ resource: `${functionArn}:live` }),
      { Sid: "Apis", Action: "execute-api:Invoke", Resource: "arn:aws:execute-api:*:*:*" },
      { Sid: "Unqualified", Action: "lambda:InvokeFunction", Resource: functionArn },
      { Effect: "Deny", Action: "lambda:DeleteFunction" },
    );
    expect(decision.kind === "silent" && decision.why.map(({ element, sentence }) => [element, sentence])).toEqual([
      ["Resource", `Statement 2 (Unqualified): Resource ${functionArn} does not match ${functionArn}:live`],
      ["Action", "Statement 1 (Apis): Action execute-api:Invoke does not match lambda:InvokeFunction"],
      ["Resource", `Statement 1 (Apis): Resource arn:aws:execute-api:*:*:* does not match ${functionArn}:live`],
    ]);
  });

  test.each([
    [{ Principal: { AWS: "999999999999" } }, "Statement 1: Principal 999999999999 does not cover an anonymous caller"],
    [{ NotAction: ["lambda:*", "a:b"] }, "Statement 1: NotAction lambda:* leaves out lambda:InvokeFunction"],
    [{ NotResource: "*" }, `Statement 1: NotResource * leaves out ${functionArn}`],
    [
      { Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } } },
      "Statement 1: Condition StringEquals aws:SourceVpce vpce-1 or vpce-2 does not hold: aws:SourceVpce is vpce-9",
    ],
    [
      { Condition: { StringLike: { "aws:SourceVpc": "vpc-1" } } },
      "Statement 1: Condition StringLike aws:SourceVpc vpc-1 does not hold: aws:SourceVpc is not in the request",
    ],
    [
      { Action: ["a:a", "a:b", "a:c", "a:d", "a:e"] },
      "Statement 1: Action a:a, a:b, a:c or 2 others does not match lambda:InvokeFunction",
    ],
  ])("reads well: %j", (statement, sentence) => {
    const access = makeAccess({ principal: anonymous, conditions: { "aws:SourceVpce": "vpce-9" } });
    const decision = decisionOn(access, statement);
    expect(decision.kind === "silent" && decision.why.map((miss) => miss.sentence)).toEqual([sentence]);
  });
});

/** Statements and requests over the same few words, so that they meet often. */
const anyStatement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Deny"),
    Principal: fc.constantFrom(
      "*",
      { AWS: account },
      { AWS: "999999999999" },
      { AWS: `arn:aws:iam::${account}:user/ada` },
    ),
    Action: fc.constantFrom("*", "lambda:*", "lambda:Invoke*", "execute-api:Invoke"),
    Resource: fc.constantFrom("*", functionArn, `${functionArn}:*`),
    Condition: fc.constantFrom(
      {},
      { StringEquals: { "aws:SourceVpce": "vpce-1" } },
      { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
      { "ForAllValues:StringLike": { "aws:TagKeys": "a*" } },
      { Null: { "aws:SourceVpce": "true" } },
    ),
  })
  .map((statement): Readonly<Record<string, unknown>> => statement);

const anyStatements = fc.array(anyStatement, { minLength: 1, maxLength: 6 });

const anyAccess: fc.Arbitrary<AccessContext> = fc.record({
  principal: fc.constantFrom(roleSession, user, anonymous),
  action: fc.constantFrom("lambda:InvokeFunction", "execute-api:Invoke"),
  resource: fc.constantFrom(functionArn, `${functionArn}:live`),
  conditions: fc.constantFrom(
    {},
    { "aws:SourceVpce": "vpce-1" },
    { "aws:SourceVpce": "vpce-2", "aws:TagKeys": ["a", "b"] },
  ),
});

describe("whatever the policy and the request", () => {
  test("an explicit deny wins", () => {
    fc.assert(
      fc.property(anyStatements, anyAccess, (statements, access) => {
        const denied = statements.some(
          (statement) => statement["Effect"] === "Deny" && decisionOn(access, statement).kind === "deny",
        );
        expect(decisionOn(access, ...statements).kind === "deny").toBe(denied);
      }),
    );
  });

  test("the order of statements does not matter", () => {
    fc.assert(
      fc.property(anyStatements, anyAccess, fc.infiniteStream(fc.nat()), (statements, access, order) => {
        const keys = statements.map(() => Number(order.next().value));
        const shuffled = statements
          .map((statement, at) => ({ statement, key: keys[at] ?? 0 }))
          .sort((a, b) => a.key - b.key);
        const found = decisionOn(access, ...shuffled.map(({ statement }) => statement));
        const first = decisionOn(access, ...statements);
        expect(found.kind).toBe(first.kind);
        if (found.kind === "allow" && first.kind === "allow") expect(found.grants).toBe(first.grants);
      }),
    );
  });

  test("another Allow never takes an allow away", () => {
    fc.assert(
      fc.property(anyStatements, anyStatement, anyAccess, (statements, added, access) => {
        fc.pre(decisionOn(access, ...statements).kind === "allow");
        expect(decisionOn(access, ...statements, { ...added, Effect: "Allow" }).kind).toBe("allow");
      }),
    );
  });

  test("a silent policy says of every statement that could allow why it does not", () => {
    fc.assert(
      fc.property(anyStatements, anyAccess, (statements, access) => {
        const decision = decisionOn(access, ...statements);
        fc.pre(decision.kind === "silent");
        const allowing = statements.flatMap((one, index) => (one["Effect"] === "Allow" ? [index] : []));
        const explained = decision.kind === "silent" ? decision.why.map(({ statement }) => statement.index) : [];
        expect([...new Set(explained)].sort()).toEqual(allowing);
      }),
    );
  });

  test("evaluating does not throw, whatever the request", () => {
    const policy = parsed(
      makeDocument({
        Resource: "a${aws:PrincipalTag/x}*",
        Condition: { DateLessThan: { "aws:CurrentTime": "2026" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
      }),
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.dictionary(fc.constantFrom("aws:SourceIp", "aws:CurrentTime", "aws:PrincipalTag/x"), fc.string()),
        (action, resource, conditions) => {
          expect(["allow", "silent"]).toContain(evaluate(policy, makeAccess({ action, resource, conditions })).kind);
        },
      ),
    );
  });
});
