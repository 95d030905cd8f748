import { describe, expect, test } from "vitest";
import { type AccessQuestion, explainAccess, type GivenPolicy } from "#core/policies/explain-access.ts";
import { showExplained } from "#core/policies/show-explained.ts";
import { account, functionArn, makeDocument, parsed } from "./make.ts";

const question = (over: Partial<AccessQuestion> = {}): AccessQuestion => ({
  principal: `arn:aws:iam::${account}:role/reader`,
  action: "lambda:InvokeFunction",
  resource: `${functionArn}:live`,
  context: {},
  ...over,
});

type Statement = Readonly<Record<string, unknown>>;

const given = (layer: GivenPolicy["layer"], ...statements: readonly Statement[]): GivenPolicy => ({
  file: `./${layer ?? "some"}.json`,
  layer,
  policy: parsed(makeDocument(...statements)),
});

const invokes = { Action: "lambda:InvokeFunction" };
const unqualified = { Sid: "OnlyOrders", Principal: "*", ...invokes, Resource: functionArn };
const onlyByOurs = {
  Sid: "OnlyByOurs",
  Effect: "Deny",
  Principal: "*",
  Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0abc" } },
};

const one = (over: Partial<AccessQuestion>, ...statements: readonly Statement[]) => {
  const explained = explainAccess(question(over), [given("endpoint", ...statements)], []);
  const [policy] = explained.policies;
  if (policy === undefined) throw new Error("nothing was explained");
  return { ...policy, text: showExplained(explained) };
};

describe("one policy, explained", () => {
  test("says of every statement whether it is about the request, and which element is in the way", () => {
    const { says, statements, text } = one({}, unqualified, { Principal: "*", Action: "s3:*" }, { Principal: "*" });
    expect(says).toBe("allow");
    expect(statements.map(({ match }) => match.kind)).toEqual(["miss", "miss", "match"]);
    expect(text).toContain(`  · statement 1 "OnlyOrders", Allow: is not about it
      Resource ${functionArn} does not match ${functionArn}:live
  · statement 2, Allow: is not about it
      Action s3:* does not match lambda:InvokeFunction
  ✓ statement 3, Allow: is about it`);
  });

  test("names the statement that denies, whatever allows", () => {
    const { says, text } = one({}, { Principal: "*" }, { Sid: "Frozen", Effect: "Deny", Principal: "*" });
    expect(says).toBe("deny");
    expect(text).toContain("endpoint policy ./endpoint.json denies it");
    expect(text).toContain('  ✗ statement 2 "Frozen", Deny: is about it');
  });

  test.each([
    ["qualified", `${functionArn}:live`, "silent", functionArn, "the unqualified form"],
    ["unqualified", functionArn, "allow", `${functionArn}:live`, "a qualified form"],
  ] as const)(
    "asked for the %s form, it tells of the other where that comes to something else",
    (_, resource, says, arn, form) => {
      const found = one({ resource }, unqualified);
      expect(found.says).toBe(says);
      expect(found.otherForm).toEqual({ arn, says: says === "allow" ? "silent" : "allow" });
      expect(found.text).toContain(`  ${form}, ${arn}, is another matter: the policy`);
      const both = one({ resource }, { ...unqualified, Resource: [functionArn, `${functionArn}:*`] });
      expect([both.says, both.otherForm]).toEqual(["allow", null]);
    },
  );

  test("claims nothing that hangs on a condition key that was not given, and says how to give it", () => {
    const open = one({}, { Principal: "*" }, onlyByOurs);
    expect([open.says, open.hangsOn]).toEqual(["unknown", ["aws:SourceVpce"]]);
    expect(open.text).toContain('  ? statement 2 "OnlyByOurs", Deny: is about it if aws:SourceVpce fits');
    expect(open.text).toContain("not known: aws:SourceVpce (--context aws:SourceVpce=…)");
    const context = (vpce: string) => ({ context: { "aws:SourceVpce": [vpce] } });
    expect(one(context("vpce-0abc"), { Principal: "*" }, onlyByOurs).says).toBe("allow");
    expect(one(context("vpce-0bad"), { Principal: "*" }, onlyByOurs).says).toBe("deny");
    // Denied or not allowed, it is refused.
    expect(one({}, unqualified, onlyByOurs)).toMatchObject({ says: "silent", hangsOn: [] });
  });

  test("says that naming the account only delegates, and what is odd about a layer's document", () => {
    const delegating = explainAccess(question(), [given("resource", { Principal: { AWS: account } })], []);
    expect(showExplained(delegating)).toContain("allows it, through the caller's account: its own policies must");
    expect(one({}, unqualified).warnings.join()).toContain(`add ${functionArn}:*`);
  });

  test("knows an anonymous caller, and no session of a role by name", () => {
    const session = `arn:aws:sts::${account}:assumed-role/reader/check`;
    expect(one({ principal: "anonymous" }, { Principal: { AWS: account } }).says).toBe("silent");
    expect(one({}, { Principal: { AWS: session } })).toMatchObject({
      says: "unknown",
      hangsOn: ["which session of its role the caller is"],
    });
    expect(one({ principal: session }, { Principal: { AWS: session } }).says).toBe("allow");
  });
});

describe("layers together", () => {
  const open = { Principal: "*" };
  const identity = given("identity", invokes);

  test("are refused by the layer that refuses, and allowed where all do", () => {
    const refused = explainAccess(question(), [given("endpoint", unqualified), identity], ["resource"]);
    expect(refused.together).toMatchObject({ combination: "lambda-same-account", says: "refused", layer: "endpoint" });
    expect(showExplained(refused)).toMatch(/Together \(lambda same account\): refused by the endpoint policy$/);
    const allowed = explainAccess(question(), [given("endpoint", open), identity], ["resource"]);
    expect(allowed.together).toMatchObject({ says: "allow", layer: null });
  });

  test("are not known where a layer was left out that could refuse", () => {
    const { together } = explainAccess(question(), [given("endpoint", open), given("resource", open)], []);
    expect(together).toMatchObject({ says: "unknown", hangsOn: ["the principal's own policy"] });
  });

  test("of another account's function must all allow", () => {
    const resource = functionArn.replace(account, "444455556666");
    const theirs = explainAccess(question({ resource }), [identity, given("endpoint", open)], ["resource"]);
    expect(theirs.together).toMatchObject({ combination: "lambda-cross-account", says: "refused", layer: "resource" });
  });

  test("of Lattice are the network's, the service's and the caller's own", () => {
    const service = `arn:aws:vpc-lattice:eu-west-1:${account}:service/svc-0abc/orders`;
    const asked = question({ action: "vpc-lattice-svcs:Invoke", resource: service });
    const denies = given("lattice-service", open, { Effect: "Deny", Principal: "*" });
    const { together } = explainAccess(asked, [denies, given("identity", {})], ["lattice-network"]);
    expect(together).toMatchObject({
      combination: "lattice-signed",
      says: "refused",
      layer: "lattice-service",
      explicit: true,
    });
  });

  test("are not put together of one alone, nor for a service that is none of these", () => {
    expect(explainAccess(question(), [identity], []).together).toBeNull();
    const other = question({ action: "s3:GetObject", resource: "arn:aws:s3:::b/k" });
    expect(explainAccess(other, [identity, given("endpoint", open)], []).together).toBeNull();
  });
});
