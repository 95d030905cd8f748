import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "#core/policies/parse-policy.ts";
import { makeDocument, parsed } from "./make.ts";

function problemsOf(document: unknown): readonly string[] {
  const result = parsePolicy(document);
  return result.kind === "ok" ? [] : result.problems.map(({ path, expected }) => `${path}: ${expected}`);
}

describe("a policy document", () => {
  test("is read from text and from an object alike, and its text kept", () => {
    const document = makeDocument({});
    const text = JSON.stringify(document, null, 2);
    expect(parsed(text)).toEqual({ ...parsed(document), text });
    expect(parsed(document).text).toBe(JSON.stringify(document));
  });

  test("may hold a single statement and single values instead of lists", () => {
    const policy = parsed({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "a:b", Resource: "*" } });
    expect(policy.statements).toHaveLength(1);
    expect(policy.statements[0]?.action.patterns).toEqual(["a:b"]);
  });

  test.each([
    ["{", ": a JSON object with Version and Statement"],
    [null, ": a JSON object with Version and Statement"],
    [[], ": a JSON object with Version and Statement"],
  ])("%j is none", (document, problem) => {
    expect(problemsOf(document)).toEqual([problem]);
  });

  test("with a cycle in it is none", () => {
    const document: Record<string, unknown> = {};
    document["Statement"] = document;
    expect(problemsOf(document)).toEqual([": a JSON object with Version and Statement"]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["an element", { Resourcee: "*" }, "Statement[0].Resourcee: no such element"],
    [
      "an operator",
      { Condition: { StringEqual: { "aws:SourceVpc": "a" } } },
      "Statement[0].Condition.StringEqual: a condition operator",
    ],
    [
      "a set",
      { Condition: { "ForSomeValues:StringEquals": { "aws:TagKeys": "a" } } },
      "Statement[0].Condition.ForSomeValues:StringEquals: a condition operator",
    ],
    [
      "IfExists on Null",
      { Condition: { NullIfExists: { "aws:TagKeys": "true" } } },
      "Statement[0].Condition.NullIfExists: a condition operator",
    ],
    [
      "a global key",
      { Condition: { StringEquals: { "aws:SourceVcpe": "a" } } },
      "Statement[0].Condition.StringEquals.aws:SourceVcpe: a known condition key",
    ],
    [
      "a Lattice key",
      { Condition: { StringEquals: { "vpc-lattice-svcs:Method": "GET" } } },
      "Statement[0].Condition.StringEquals.vpc-lattice-svcs:Method: a known condition key",
    ],
    [
      "a key without its name",
      { Condition: { StringEquals: { "aws:PrincipalTag/": "a" } } },
      "Statement[0].Condition.StringEquals.aws:PrincipalTag/: a known condition key",
    ],
    [
      "a variable",
      { Resource: "arn:aws:s3:::${aws:usrname}" },
      "Statement[0].Resource: a known condition key as policy variable",
    ],
    ["a principal type", { Principal: { Aws: "*" } }, "Statement[0].Principal.Aws: no such element"],
  ])("with %s that is not known is refused, not read without it", (_, statement, problem) => {
    expect(problemsOf(makeDocument(statement)).join("\n")).toContain(problem);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["wrong effect", { Effect: "allow" }, "Statement[0].Effect: Allow or Deny"],
    ["Action and NotAction", { Action: "*", NotAction: "*" }, "Statement[0].Action: either Action or NotAction"],
    ["no actions", { Action: [] }, "Statement[0].Action: a string or a list of strings"],
    [
      "an action that is none",
      { Action: "lambda" },
      "Statement[0].Action: an action such as lambda:InvokeFunction, not lambda",
    ],
    [
      "NotPrincipal that allows",
      { NotPrincipal: "*" },
      "Statement[0].NotPrincipal: NotPrincipal only with Effect Deny",
    ],
    [
      "a principal with a wildcard",
      { Principal: { AWS: "arn:aws:iam::111122223333:role/*" } },
      "Statement[0].Principal.AWS: *, an account id",
    ],
    ["no principal in it", { Principal: {} }, 'Statement[0].Principal: "*" or an object with AWS'],
    [
      "a number that is none",
      { Condition: { NumericEquals: { "aws:MultiFactorAuthAge": "ten" } } },
      "a number, not ten",
    ],
    ["a date that is none", { Condition: { DateLessThan: { "aws:CurrentTime": "tomorrow" } } }, "a date such as"],
    [
      "an address that is none",
      { Condition: { IpAddress: { "aws:SourceIp": "10.0.0/8" } } },
      "an IP address or a CIDR range",
    ],
    ["a flag that is none", { Condition: { Bool: { "aws:SecureTransport": "yes" } } }, "true or false, not yes"],
    ["no values", { Condition: { StringEquals: { "aws:SourceVpc": [] } } }, "a value or a list of values"],
    ["an open variable", { Resource: "arn:aws:s3:::a${aws:username" }, "a policy variable such as"],
    [
      "a variable as account",
      { Resource: "arn:aws:s3::${aws:PrincipalAccount}:a" },
      "policy variables only after the fifth colon",
    ],
  ])("with %s is refused", (_, statement, problem) => {
    expect(problemsOf(makeDocument(statement)).join("\n")).toContain(problem);
  });

  test("may not call a set what any object has", () => {
    const condition = { "constructor:StringEquals": { "aws:SourceVpc": "a" } };
    expect(problemsOf(makeDocument({ Condition: condition })).join("\n")).toContain("a condition operator");
  });

  test("is told all its problems at once", () => {
    expect(problemsOf({ Version: "2024-01-01", Statements: [], Statement: [{ Effect: "Allow" }, 7] })).toEqual([
      "Statements: no such element, only Version, Id, Statement",
      "Statement[0].Action: either Action or NotAction",
      "Statement[0].Resource: either Resource or NotResource",
      "Statement[1]: an object with Effect, Action and Resource",
      "Version: 2012-10-17 or 2008-10-17",
    ]);
  });

  test("must not use a Sid twice", () => {
    expect(problemsOf(makeDocument({ Sid: "A" }, { Sid: "A" }))).toEqual([
      "Statement[1].Sid: a Sid of its own, not A again",
    ]);
  });

  test("of other services' actions and keys is taken as it is", () => {
    expect(problemsOf(makeDocument({ Action: "s3:*", Condition: { StringLike: { "s3:prefix": "home/*" } } }))).toEqual(
      [],
    );
  });

  test("with operators and keys in any case, and every documented Lattice key, is read", () => {
    const keys = [
      "Port",
      "RequestMethod",
      "RequestPath",
      "RequestHeader/x-a",
      "RequestQueryString/q",
      "ServiceArn",
      "ServiceNetworkArn",
      "SourceVpc",
      "SourceVpcOwnerAccount",
    ];
    const condition = Object.fromEntries(keys.map((key) => [`vpc-lattice-svcs:${key}`, "a"]));
    expect(problemsOf(makeDocument({ Condition: { stringequals: condition } }))).toEqual([]);
    expect(problemsOf(makeDocument({ Condition: { Bool: { "AWS:securetransport": "TRUE" } } }))).toEqual([]);
  });

  test("is read or refused without throwing, whatever it is", () => {
    const nearly = fc.record(
      {
        Version: fc.oneof(fc.constant("2012-10-17"), fc.anything()),
        Statement: fc.array(
          fc.record(
            {
              Effect: fc.oneof(fc.constant("Allow"), fc.anything()),
              Principal: fc.oneof(
                fc.constant("*"),
                fc.dictionary(fc.constantFrom("AWS", "Service", "x"), fc.anything()),
                fc.anything(),
              ),
              Action: fc.oneof(fc.constant("*"), fc.anything()),
              Resource: fc.oneof(fc.string(), fc.anything()),
              Condition: fc.oneof(
                fc.dictionary(
                  fc.constantFrom("StringLike", "Null", "__proto__", "constructor"),
                  fc.dictionary(fc.string(), fc.anything()),
                ),
                fc.anything(),
              ),
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(nearly, fc.anything(), fc.string()), (input) => {
        const result = parsePolicy(input);
        expect(result.kind === "ok" || result.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
