import { describe, expect, test } from "vitest";
import type { AccessContext } from "#core/policies/access.ts";
import { anonymous, decisionOn, makeAccess, user } from "./make.ts";

type Values = string | readonly string[];

function holds(
  condition: unknown,
  conditions: AccessContext["conditions"],
  principal = makeAccess().principal,
): boolean {
  return decisionOn(makeAccess({ conditions, principal }), { Condition: condition }).kind === "allow";
}

const operators =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const sets =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html";

/** Operator, value in the policy, value in the request (null: the key is missing), whether the condition holds. */
type Row = readonly [string, Values, Values | null, boolean];

const run = (key: string, rows: readonly Row[]): void => {
  test.each(rows.map((row) => [JSON.stringify(row), row] as const))("%s", (_, [operator, wanted, found, expected]) => {
    expect(holds({ [operator]: { [key]: wanted } }, found === null ? {} : { [key]: found })).toBe(expected);
  });
};

describe(`string operators (${operators}#Conditions_String)`, () => {
  run("aws:PrincipalTag/job-category", [
    ["StringEquals", "iamuser-admin", "iamuser-admin", true],
    ["StringEquals", "iamuser-admin", "dev-ops", false],
    ["StringEquals", "iamuser-admin", "IamUser-Admin", false],
    ["StringEquals", "iamuser-admin", null, false],
    ["StringEquals", ["a", "b"], "b", true],
    ["StringEquals", "iamuser-*", "iamuser-admin", false],
    ["StringNotEquals", "iamuser-admin", "dev-ops", true],
    ["StringNotEquals", "iamuser-admin", "iamuser-admin", false],
    ["StringNotEquals", "iamuser-admin", null, true],
    ["StringNotEquals", ["a", "b"], "b", false],
    ["StringEqualsIgnoreCase", "Admin", "aDMIN", true],
    ["StringNotEqualsIgnoreCase", "Admin", "aDMIN", false],
    ["StringNotEqualsIgnoreCase", "Admin", "other", true],
    ["StringLike", "iamuser-*", "iamuser-admin", true],
    ["StringLike", "iamuser-?", "iamuser-admin", false],
    ["StringLike", "*", "", true],
    ["StringLike", "Iamuser-*", "iamuser-admin", false],
    ["StringLike", "a*", null, false],
    ["StringNotLike", ["a*", "b*"], "c", true],
    ["StringNotLike", ["a*", "b*"], "bc", false],
    ["StringNotLike", "a*", null, true],
  ]);
});

describe(`numeric operators (${operators}#Conditions_Numeric)`, () => {
  run("aws:MultiFactorAuthAge", [
    ["NumericEquals", "10", "10.0", true],
    ["NumericEquals", "10", "11", false],
    ["NumericNotEquals", "10", "11", true],
    ["NumericNotEquals", "10", null, true],
    ["NumericLessThan", "10", "9", true],
    ["NumericLessThan", "10", "10", false],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericGreaterThan", "10", "9", false],
    ["NumericGreaterThanEquals", "10", "10", true],
    ["NumericGreaterThan", "9", "10", true],
    ["NumericEquals", "10", "ten", false],
    ["NumericNotEquals", "10", "ten", true],
    ["NumericLessThan", "10", null, false],
  ]);
});

describe(`date operators (${operators}#Conditions_Date)`, () => {
  run("aws:TokenIssueTime", [
    ["DateGreaterThan", "2020-01-01T00:00:01Z", "2026-01-01T00:00:00Z", true],
    ["DateGreaterThan", "2020-01-01T00:00:01Z", "2019-01-01T00:00:00Z", false],
    ["DateGreaterThan", "2020-01-01T00:00:01Z", null, false],
    ["DateLessThan", "2020-01-01", "2019-12-31T23:59:59Z", true],
    ["DateLessThanEquals", "1577836800", "2020-01-01T00:00:00Z", true],
    ["DateEquals", "2020-01-01T01:00:00+01:00", "2020-01-01T00:00:00Z", true],
    ["DateNotEquals", "2020-01-01", "2020-01-02", true],
    ["DateNotEquals", "2020-01-01", null, true],
    ["DateGreaterThanEquals", "2020-01-01", "not a date", false],
  ]);
});

describe(`the boolean operator (${operators}#Conditions_Boolean)`, () => {
  run("aws:SecureTransport", [
    ["Bool", "false", "false", true],
    ["Bool", "false", "true", false],
    ["Bool", "false", null, false],
    ["Bool", "True", "true", true],
    ["BoolIfExists", "true", null, true],
    ["BoolIfExists", "true", "false", false],
  ]);
});

describe(`address operators (${operators}#Conditions_IPAddress)`, () => {
  run("aws:SourceIp", [
    ["IpAddress", "203.0.113.0/24", "203.0.113.1", true],
    ["IpAddress", "203.0.113.0/24", "198.51.100.1", false],
    ["IpAddress", "203.0.113.0/24", null, false],
    ["IpAddress", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"], "2001:db8:1234:5678::9", true],
    ["IpAddress", "2001:db8:1234:5678::/64", "2001:db8:1234:5679::9", false],
    ["IpAddress", "203.0.113.7", "203.0.113.7", true],
    ["IpAddress", "203.0.113.7", "203.0.113.8", false],
    ["IpAddress", "0.0.0.0/0", "2001:db8::1", false],
    ["IpAddress", "10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["IpAddress", "10.0.0.0/8", "no address", false],
    ["NotIpAddress", ["10.0.0.0/8", "192.168.0.0/16"], "192.168.1.1", false],
    ["NotIpAddress", "10.0.0.0/8", "203.0.113.1", true],
    ["NotIpAddress", "10.0.0.0/8", null, true],
  ]);
});

describe(`ARN operators (${operators}#Conditions_ARN)`, () => {
  const topic = "arn:aws:sns:us-west-2:123456789012:TOPIC-ID";
  run("aws:SourceArn", [
    ["ArnEquals", topic, topic, true],
    ["ArnEquals", topic, topic.replace("123456789012", "777788889999"), false],
    ["ArnEquals", topic, null, false],
    ["ArnEquals", "arn:aws:sns:*:123456789012:*", topic, true],
    ["ArnLike", "arn:aws:sns:us-west-?:*:TOPIC-*", topic, true],
    // Each component by itself: a wildcard does not reach over a colon before the sixth.
    ["ArnLike", "arn:aws:s*:TOPIC-ID", topic, false],
    ["ArnLike", "arn:aws:*:*:*:*", "arn:aws:lambda:eu-west-1:1:function:orders:live", true],
    ["ArnLike", "*", topic, true],
    ["ArnLike", "arn:aws:sns:*", topic, true],
    ["ArnLike", "arn:aws:sqs:*", topic, false],
    ["ArnNotEquals", topic, topic, false],
    ["ArnNotLike", "arn:aws:sns:*:*:*", "arn:aws:sqs:us-west-2:1:q", true],
    ["ArnNotLike", "arn:aws:sns:*:*:*", null, true],
    ["ArnLike", "arn:aws:sns:*:*:*", "not an arn", false],
  ]);
});

describe(`Null and IfExists (${operators}#Conditions_Null)`, () => {
  run("aws:TokenIssueTime", [
    ["Null", "false", "2026-01-01T00:00:00Z", true],
    ["Null", "false", null, false],
    ["Null", "true", null, true],
    ["Null", "true", "2026-01-01T00:00:00Z", false],
    ["StringLikeIfExists", ["t1.*", "m3.*"], "t1.micro", true],
    ["StringLikeIfExists", ["t1.*", "m3.*"], "m2.micro", false],
    ["StringLikeIfExists", ["t1.*", "m3.*"], null, true],
    ["StringNotEqualsIfExists", "a", null, true],
    ["StringNotEqualsIfExists", "a", "a", false],
  ]);
});

describe(`set operators (${sets})`, () => {
  run("aws:TagKeys", [
    ["ForAllValues:StringEquals", ["environment", "cost-center"], ["environment"], true],
    ["ForAllValues:StringEquals", ["environment", "cost-center"], ["environment", "cost-center"], true],
    ["ForAllValues:StringEquals", ["environment", "cost-center"], ["environment", "dept"], false],
    ["ForAllValues:StringEquals", ["environment"], null, true],
    ["ForAllValues:StringEquals", ["environment"], [""], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "d"], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "a"], false],
    ["ForAnyValue:StringEquals", ["environment", "cost-center"], ["environment", "dept"], true],
    ["ForAnyValue:StringEquals", ["environment", "cost-center"], ["dept"], false],
    ["ForAnyValue:StringEquals", ["environment"], null, false],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "c"], true],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "b"], false],
    ["ForAnyValue:StringNotEquals", ["a", "b"], null, false],
    ["ForAnyValue:StringLikeIfExists", ["a*"], null, true],
  ]);

  test("ForAllValues with Null refuses a request without the key", () => {
    const condition = {
      "ForAllValues:StringEquals": { "aws:TagKeys": ["environment"] },
      Null: { "aws:TagKeys": "false" },
    };
    expect(holds(condition, {})).toBe(false);
    expect(holds(condition, { "aws:TagKeys": ["environment"] })).toBe(true);
  });
});

describe("a condition", () => {
  test("needs all its keys and all its operators", () => {
    const condition = {
      StringEquals: { "aws:SourceVpc": "vpc-1", "aws:SourceVpce": "vpce-1" },
      Bool: { "aws:SecureTransport": "true" },
    };
    const all = { "aws:SourceVpc": "vpc-1", "aws:SourceVpce": "vpce-1", "aws:SecureTransport": "true" };
    expect(holds(condition, all)).toBe(true);
    for (const key of Object.keys(all)) expect(holds(condition, { ...all, [key]: "other" }), key).toBe(false);
  });

  test("finds its key in any case", () => {
    expect(holds({ StringEquals: { "AWS:sourcevpce": "vpce-1" } }, { "aws:SourceVpce": "vpce-1" })).toBe(true);
  });

  test("reads numbers and booleans as their text", () => {
    expect(holds({ Bool: { "aws:SecureTransport": true } }, { "aws:SecureTransport": "true" })).toBe(true);
    expect(holds({ NumericLessThan: { "vpc-lattice-svcs:Port": 1024 } }, { "vpc-lattice-svcs:Port": "443" })).toBe(
      true,
    );
  });

  test("can leave out unsigned callers, as Lattice documents", () => {
    const condition = { StringNotEquals: { "aws:PrincipalType": "Anonymous" } };
    expect(holds(condition, {})).toBe(true);
    expect(holds(condition, {}, anonymous)).toBe(false);
  });

  test("knows the caller: a role session by its role, and an unsigned one not at all", () => {
    const byArn = (arn: string) => ({ ArnLike: { "aws:PrincipalArn": arn } });
    expect(holds(byArn("arn:aws:iam::111122223333:role/apps/*"), {})).toBe(true);
    expect(holds(byArn("arn:aws:iam::111122223333:user/ada"), {}, user)).toBe(true);
    expect(holds(byArn("*"), {}, anonymous)).toBe(false);
    expect(holds({ StringEquals: { "aws:PrincipalAccount": "111122223333" } }, {})).toBe(true);
  });

  test("takes what the caller of the evaluator says over what follows from the principal", () => {
    expect(holds({ StringEquals: { "aws:PrincipalType": "X" } }, { "aws:principaltype": "X" })).toBe(true);
  });
});
