import { describe, expect, test } from "vitest";
import { lintPolicy } from "#core/policies/lint-policy.ts";
import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import { account, functionArn, makeDocument, parsed } from "./make.ts";

type Written = Readonly<Record<string, unknown>>;

const warningsOn = (layer: PolicyLayer, document: unknown): readonly string[] =>
  lintPolicy(parsed(document), layer).map(({ message }) => message);

const service = `arn:aws:vpc-lattice:eu-west-1:${account}:service/svc-1`;
const signedOnly = { StringNotEquals: { "aws:PrincipalType": "Anonymous" } };

describe("a policy without anything odd", () => {
  test.each<[PolicyLayer, Written]>([
    ["endpoint", { Principal: "*", Action: "lambda:InvokeFunction", Resource: [functionArn, `${functionArn}:*`] }],
    ["endpoint", { Principal: "*" }],
    ["identity", { Action: "lambda:InvokeFunction", Resource: `${functionArn}*` }],
    [
      "lattice-service",
      { Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: `${service}/*`, Condition: signedOnly },
    ],
    ["lattice-network", { Principal: { AWS: account }, Action: "vpc-lattice-svcs:Invoke" }],
    [
      "resource",
      { Principal: "*", Action: "execute-api:Invoke", Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } },
    ],
  ])("of layer %s has no warnings: %j", (layer, statement) => {
    expect(warningsOn(layer, makeDocument(statement))).toEqual([]);
  });
});

describe("a warning", () => {
  test.each<[string, PolicyLayer, Written, string]>([
    ["no Principal", "endpoint", {}, "Statement 1: It has no Principal"],
    ["a Principal in an identity policy", "identity", { Principal: "*" }, "Statement 1: It has a Principal"],
    [
      "the unqualified function only",
      "endpoint",
      { Principal: "*", Action: "lambda:*", Resource: functionArn },
      `Statement 1: It allows ${functionArn} only, so calls of a version or alias are refused: add ${functionArn}:*.`,
    ],
    [
      "qualified functions only",
      "identity",
      { Action: "lambda:InvokeFunction", Resource: `${functionArn}:*` },
      `Statement 1: It allows ${functionArn}:* only, so calls without version or alias are refused: add ${functionArn}.`,
    ],
    [
      "a Lattice service without a path",
      "lattice-service",
      { Principal: { AWS: account }, Resource: service },
      `Statement 1: Its Resource ${service} is a service without a path and matches no request: write ${service}/*.`,
    ],
    [
      "the control plane's action",
      "identity",
      { Action: "vpc-lattice:Invoke" },
      "Statement 1: Its Action vpc-lattice:Invoke does not exist",
    ],
    [
      "unsigned callers let in",
      "lattice-network",
      { Principal: "*" },
      "Statement 1: It also allows callers who do not sign",
    ],
    [
      "NotPrincipal without the account",
      "resource",
      { Effect: "Deny", NotPrincipal: { AWS: `arn:aws:iam::${account}:role/a` } },
      "Statement 1: Its NotPrincipal names no account",
    ],
    [
      "a wildcard in StringEquals",
      "resource",
      { Principal: "*", Condition: { StringEquals: { "aws:PrincipalTag/team": "a*" } } },
      "Statement 1: Its StringEquals takes the wildcard in a* for aws:PrincipalTag/team literally",
    ],
    [
      "ForAllValues that a missing key satisfies",
      "identity",
      { Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } } },
      "Statement 1: Its ForAllValues:StringEquals also holds when aws:TagKeys is not in the request",
    ],
    [
      "a source address along an endpoint",
      "resource",
      { Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
      "Statement 1: Its aws:SourceIp is not in requests that come through a VPC endpoint",
    ],
    [
      "a Lattice key in another case",
      "lattice-service",
      { Principal: { AWS: account }, Condition: { StringEquals: { "vpc-lattice-svcs:requestmethod": "GET" } } },
      "Statement 1: Its condition key vpc-lattice-svcs:requestmethod is documented as vpc-lattice-svcs:RequestMethod",
    ],
  ])("is given of %s", (_, layer, statement, message) => {
    const warnings = warningsOn(layer, makeDocument(statement));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(message);
  });

  test("names its page", () => {
    const policy = parsed(makeDocument({}));
    for (const { source } of lintPolicy(policy, "lattice-service"))
      expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(lintPolicy(policy, "lattice-service")).not.toEqual([]);
  });

  test("is not given of the two forms of a function's ARN in two statements", () => {
    const document = makeDocument(
      { Action: "lambda:InvokeFunction", Resource: functionArn },
      { Action: "lambda:InvokeFunction", Resource: `${functionArn}:*` },
    );
    expect(warningsOn("identity", document)).toEqual([]);
  });

  test("is given of line breaks in a Lattice policy, and nowhere else", () => {
    const text = JSON.stringify(makeDocument({ Principal: { AWS: account } }), null, 2);
    expect(warningsOn("lattice-service", text)).toEqual([
      "The document has line breaks, which Lattice refuses: write it on one line.",
    ]);
    expect(warningsOn("endpoint", text)).toEqual([]);
  });

  test.each<[PolicyLayer, number]>([
    ["lattice-service", 10_240],
    ["endpoint", 20_480],
  ])("is given of a document for %s beyond %i characters", (layer, most) => {
    const document = (characters: number) =>
      makeDocument({ Principal: { AWS: account }, Resource: `*${"a".repeat(characters)}` });
    const empty = parsed(document(0)).text.length;
    expect(warningsOn(layer, document(most - empty))).toEqual([]);
    expect(warningsOn(layer, document(most - empty + 1))).toHaveLength(1);
  });

  test("is given of variables in a document of the old version", () => {
    const document = { Statement: { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::${aws:username}" } };
    expect(warningsOn("identity", document)).toEqual([
      'The document has policy variables, which are plain text before version 2012-10-17: write "Version": "2012-10-17".',
    ]);
  });
});
