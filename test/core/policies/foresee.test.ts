import { describe, expect, test } from "vitest";
import { accessOf } from "#core/policies/access-of.ts";
import { foresee, type KnownPolicies } from "#core/policies/foresee.ts";
import { parsePolicy } from "#core/policies/parse-policy.ts";
import type { TargetPolicies } from "#core/targets/access.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { makeTarget } from "../../support/make.ts";

const account = "111122223333";
const functions = `arn:aws:lambda:eu-west-1:${account}:function:orders`;
const reader = { arn: `arn:aws:iam::${account}:role/reader`, sessionName: null };
const lambda = makeTarget("lambda-endpoint", {
  origin: { scheme: "https", host: "vpce-0a4b1c8e2f6d93750-k3x9w2qf.lambda.eu-west-1.vpce.amazonaws.com", port: 443 },
});
const lattice = makeTarget("lattice", {
  origin: {
    scheme: "https",
    host: "orders-0cfe1f49ff3266204.7d67968.vpc-lattice-svcs.eu-west-1.on.aws",
    port: 443,
  },
});

const known = (over: Partial<TargetPolicies> = {}): TargetPolicies => ({
  identity: {},
  callers: { reader },
  account,
  context: {},
  ...over,
});

function policy(...statements: readonly object[]) {
  const parsed = parsePolicy({ Version: "2012-10-17", Statement: statements });
  if (parsed.kind !== "ok") throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

const invoke = (name: string): TargetRequest => ({
  name: "main",
  method: "POST",
  path: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
  headers: {},
  body: "{}",
  expect: { statuses: [200], body: null, headers: {} },
});
const get: TargetRequest = {
  ...invoke("x"),
  method: "GET",
  path: "/orders/1?full=true",
  headers: { "x-release": "beta" },
};

function ask(target: Target, request: TargetRequest, policies: KnownPolicies, principal = "reader", over = {}) {
  const asked = accessOf(target, request, principal, known(over));
  if (asked === null) throw new Error("no access");
  return foresee(policies, asked);
}

const allow = (over: object = {}) => ({ Effect: "Allow", Action: "*", Resource: "*", ...over });
const allowAll = (over: object = {}) => allow({ Principal: "*", ...over });
const open: KnownPolicies = { identity: policy(allow()), resource: null };

describe("an endpoint policy with one of a function's ARNs", () => {
  const endpoint = policy(allowAll({ Sid: "Orders", Resource: functions }));
  test("allows the unqualified call and refuses the qualified one, naming the statement and its resource", () => {
    expect(ask(lambda, invoke("orders"), { ...open, endpoint }).outcomes).toEqual([{ kind: "allow" }]);
    expect(ask(lambda, invoke("orders:live"), { ...open, endpoint }).outcomes).toMatchObject([
      {
        kind: "refused",
        layer: "endpoint",
        explicit: false,
        why: [{ sentence: `Statement 1 (Orders): Resource ${functions} does not match ${functions}:live` }],
      },
    ]);
  });
});

describe("what is not known", () => {
  test.each([
    ["a condition key", { Condition: { StringEquals: { "aws:SourceVpc": "vpc-0" } } }, "aws:SourceVpc"],
    ["a key in a policy variable", { Resource: `${functions}-\${aws:PrincipalTag/team}` }, "aws:PrincipalTag/team"],
  ])("leaves both answers open: %s", (_, over, missing) => {
    const found = ask(lambda, invoke("orders"), { ...open, endpoint: policy(allowAll(over)) });
    expect(found.outcomes.map(({ kind }) => kind).toSorted()).toEqual(["allow", "refused"]);
    expect(found.missing).toEqual([missing]);
  });

  test("does not matter where the statement cannot fit anyway", () => {
    const over = { Action: "lambda:GetFunction", Condition: { StringEquals: { "aws:SourceVpc": "vpc-0" } } };
    expect(ask(lambda, invoke("orders"), { ...open, endpoint: policy(allowAll(over)) })).toMatchObject({
      outcomes: [{ kind: "refused", layer: "endpoint" }],
      missing: [],
    });
  });

  test("does not matter where another statement allows it, but where one may deny it", () => {
    const condition = { Condition: { StringEquals: { "aws:SourceVpc": "vpc-0" } } };
    const twice = policy(allowAll(condition), allowAll());
    expect(ask(lambda, invoke("orders"), { ...open, endpoint: twice }).outcomes).toEqual([{ kind: "allow" }]);
    const denying = policy(allowAll(), { ...allowAll(condition), Effect: "Deny" });
    expect(ask(lambda, invoke("orders"), { ...open, endpoint: denying }).outcomes).toHaveLength(2);
  });

  test("is known when the config gives it", () => {
    const endpoint = policy(allowAll({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-0" } } }));
    const context = { "aws:SourceVpc": ["vpc-0"] };
    expect(ask(lambda, invoke("orders"), { ...open, endpoint }, "reader", { context }).outcomes).toEqual([
      { kind: "allow" },
    ]);
  });

  test("is known of an endpoint by its name, and of an endpoint's caller nothing more", () => {
    const endpoint = policy(allowAll({ Condition: { StringEquals: { "aws:SourceVpce": "vpce-0a4b1c8e2f6d93750" } } }));
    expect(ask(lambda, invoke("orders"), { ...open, endpoint }).outcomes).toEqual([{ kind: "allow" }]);
  });

  test("of a layer without a file leaves room for it, but not for layers that do not take part", () => {
    const found = ask(lambda, invoke("orders"), { endpoint: null, resource: null });
    expect(found.missing).toEqual(["the principal's own policy"]);
    expect(found.outcomes).toContainEqual({ kind: "allow" });
    expect(found.outcomes.flatMap((one) => (one.kind === "refused" ? [one.layer] : []))).not.toContain(
      "lattice-service",
    );
  });

  test("of whose credentials they are leaves open what names principals", () => {
    const endpoint = policy(allowAll({ Principal: { AWS: reader.arn } }));
    const found = ask(lambda, invoke("orders"), { ...open, endpoint }, "ci");
    expect(found.outcomes.length).toBeGreaterThan(1);
    expect(found.missing).toContain("whose credentials ci has (its arn)");
  });

  test("of a role's session leaves open what names one session of it", () => {
    const session = `arn:aws:sts::${account}:assumed-role/reader/ci-7`;
    const endpoint = policy(allowAll({ Principal: { AWS: session } }));
    expect(ask(lambda, invoke("orders"), { ...open, endpoint }).missing).toEqual([
      "which session of its role the caller is",
    ]);
  });

  test("of the account leaves open what names resources, and not what names everything", () => {
    const over = { account: null };
    const endpoint = policy(allowAll({ Resource: functions }));
    expect(ask(lambda, invoke("orders"), { ...open, endpoint }, "reader", over).outcomes).toHaveLength(2);
    expect(ask(lambda, invoke("orders"), { ...open, endpoint: policy(allowAll()) }, "reader", over).outcomes).toEqual([
      { kind: "allow" },
    ]);
  });
});

describe("Lattice", () => {
  const service = `arn:aws:vpc-lattice:eu-west-1:${account}:service/svc-0cfe1f49ff3266204`;
  test("is asked for service and path, by method, header and query", () => {
    const policies = {
      identity: policy(allow()),
      "lattice-network": null,
      "lattice-service": policy(
        allowAll({
          Resource: `${service}/orders/*`,
          Condition: {
            StringEquals: {
              "vpc-lattice-svcs:RequestMethod": "GET",
              "vpc-lattice-svcs:RequestHeader/x-release": "beta",
              "vpc-lattice-svcs:RequestQueryString/full": "true",
            },
          },
        }),
      ),
    };
    expect(ask(lattice, get, policies).outcomes).toEqual([{ kind: "allow" }]);
    expect(ask(lattice, { ...get, method: "POST" }, policies).outcomes).toMatchObject([
      { kind: "refused", layer: "lattice-service" },
    ]);
    // A header that is not sent is absent, not unknown.
    expect(ask(lattice, { ...get, headers: {} }, policies).outcomes).toHaveLength(1);
  });

  test("refuses the anonymous by what only the signed have", () => {
    const network = policy(allowAll({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }));
    const policies = { "lattice-network": network, "lattice-service": null };
    const context = { "aws:PrincipalOrgID": ["o-1"] };
    expect(ask(lattice, get, policies, "anonymous", { context }).outcomes).toMatchObject([
      { kind: "refused", layer: "lattice-network" },
    ]);
    expect(ask(lattice, get, { ...policies, identity: policy(allow()) }, "reader", { context }).outcomes).toEqual([
      { kind: "allow" },
    ]);
  });

  test("by a custom name is not known by its id", () => {
    const custom = makeTarget("lattice");
    const policies = {
      identity: policy(allow()),
      "lattice-network": null,
      "lattice-service": policy(allowAll({ Resource: `${service}/*` })),
    };
    expect(ask(custom, get, policies).missing).toEqual(["the service's id, which its custom name does not tell"]);
  });
});

test("an explicit deny is foreseen with its statement", () => {
  const identity = policy(allow(), { Sid: "Suspended", Effect: "Deny", Action: "*", Resource: "*" });
  expect(ask(lambda, invoke("orders"), { identity, endpoint: null, resource: null }).outcomes).toEqual([
    { kind: "refused", layer: "identity", explicit: true, statement: { index: 1, sid: "Suspended" }, why: [] },
  ]);
});

test("nothing is foreseen of ways in whose policies are not combined in a known way", () => {
  expect(accessOf(makeTarget("alb"), get, "reader", known())).toBeNull();
});
