import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CombinationName, combinations } from "#core/policies/combinations.ts";
import { combinationFor, decide, type LayerDecisions } from "#core/policies/decide.ts";
import type { Decision } from "#core/policies/evaluate.ts";
import { anonymous, roleSession } from "./make.ts";

const allow: Decision = { kind: "allow", statement: { index: 0, sid: null }, grants: "principal" };
const delegate: Decision = { ...allow, grants: "account" };
const deny: Decision = { kind: "deny", statement: { index: 1, sid: "No" } };
const silent: Decision = { kind: "silent", why: [] };

/** `allow`, `implicit identity`, `explicit endpoint`. */
function told(name: CombinationName, layers: LayerDecisions): string {
  const outcome = decide(name, layers);
  return outcome.kind === "allow" ? "allow" : `${outcome.explicit ? "explicit" : "implicit"} ${outcome.layer}`;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
describe("the outcome tables of API Gateway", () => {
  test.each([
    [allow, allow, "allow", "allow"],
    [allow, silent, "allow", "implicit resource"],
    [allow, deny, "explicit resource", "explicit resource"],
    [silent, allow, "allow", "implicit identity"],
    [silent, silent, "implicit identity", "implicit identity"],
    [silent, deny, "explicit resource", "explicit resource"],
    [deny, allow, "explicit identity", "explicit identity"],
    [deny, silent, "explicit identity", "explicit identity"],
    [deny, deny, "explicit identity", "explicit identity"],
  ])("identity %o and resource %o", (identity, resource, same, cross) => {
    expect(told("api-gateway-same-account", { identity, resource })).toBe(same);
    expect(told("api-gateway-cross-account", { identity, resource })).toBe(cross);
  });

  test("need an Allow of the resource policy where nobody signs", () => {
    expect(told("api-gateway-open", { resource: allow })).toBe("allow");
    expect(told("api-gateway-open", { resource: silent })).toBe("implicit resource");
    expect(told("api-gateway-open", {})).toBe("implicit resource");
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
describe("Lambda", () => {
  test("is open to the account by either policy, and across accounts by both", () => {
    expect(told("lambda-same-account", { identity: allow })).toBe("allow");
    expect(told("lambda-same-account", { resource: allow })).toBe("allow");
    expect(told("lambda-cross-account", { identity: allow })).toBe("implicit resource");
    expect(told("lambda-cross-account", { resource: allow })).toBe("implicit identity");
    expect(told("lambda-cross-account", { identity: allow, resource: allow })).toBe("allow");
  });

  test("needs the endpoint policy too, where there is one", () => {
    expect(told("lambda-same-account", { identity: allow, endpoint: silent })).toBe("implicit endpoint");
    expect(told("lambda-same-account", { identity: allow, endpoint: deny })).toBe("explicit endpoint");
    expect(told("lambda-same-account", { endpoint: allow })).toBe("implicit identity");
    expect(told("lambda-same-account", { identity: allow, endpoint: delegate })).toBe("allow");
  });

  test("is not granted by naming the account: that delegates to its own policies", () => {
    expect(told("lambda-same-account", { resource: delegate })).toBe("implicit identity");
    expect(told("lambda-cross-account", { resource: delegate, identity: allow })).toBe("allow");
  });
});

// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-evaluation-logic
describe("Lattice", () => {
  const all: LayerDecisions = { identity: allow, "lattice-network": allow, "lattice-service": allow };

  test("needs all three of a signed caller", () => {
    expect(told("lattice-signed", all)).toBe("allow");
    expect(told("lattice-signed", { ...all, identity: silent })).toBe("implicit identity");
    expect(told("lattice-signed", { ...all, "lattice-network": silent })).toBe("implicit lattice-network");
    expect(told("lattice-signed", { ...all, "lattice-service": silent })).toBe("implicit lattice-service");
  });

  test("names the network's policy first and the identity's last", () => {
    const none: LayerDecisions = { identity: silent, "lattice-network": silent, "lattice-service": silent };
    expect(told("lattice-signed", none)).toBe("implicit lattice-network");
    expect(told("lattice-signed", { ...none, "lattice-network": allow })).toBe("implicit lattice-service");
  });

  test("asks no policy of a layer whose auth type is NONE", () => {
    expect(told("lattice-signed", { identity: allow })).toBe("allow");
    expect(told("lattice-anonymous", {})).toBe("allow");
    expect(told("lattice-anonymous", { "lattice-network": allow, "lattice-service": silent })).toBe(
      "implicit lattice-service",
    );
  });

  test("says which statement denies, and why what is silent does not allow", () => {
    expect(decide("lattice-signed", { ...all, "lattice-service": deny })).toEqual({
      kind: "refused",
      layer: "lattice-service",
      explicit: true,
      statement: { index: 1, sid: "No" },
      why: [],
    });
    const why = [{ statement: { index: 0, sid: null }, element: "Action", sentence: "Statement 1: …" }] as const;
    expect(decide("lattice-signed", { ...all, "lattice-network": { kind: "silent", why } })).toMatchObject({ why });
  });
});

test("the combination follows from the service, the caller and whose it is", () => {
  const own = { account: "111122223333" };
  const other = { account: "999999999999" };
  expect(combinationFor("lambda", roleSession, own)).toBe("lambda-same-account");
  expect(combinationFor("lambda", roleSession, other)).toBe("lambda-cross-account");
  expect(combinationFor("api-gateway", roleSession, other)).toBe("api-gateway-cross-account");
  expect(combinationFor("api-gateway", anonymous, own)).toBe("api-gateway-open");
  expect(combinationFor("lattice", roleSession, other)).toBe("lattice-signed");
  expect(combinationFor("lattice", anonymous, own)).toBe("lattice-anonymous");
});

const names: readonly CombinationName[] = [
  "lambda-same-account",
  "lambda-cross-account",
  "api-gateway-same-account",
  "api-gateway-cross-account",
  "api-gateway-open",
  "lattice-signed",
  "lattice-anonymous",
];

describe.each(names)("%s", (name) => {
  const decision = fc.constantFrom(allow, delegate, deny, silent);
  const layers = fc.record(
    {
      identity: decision,
      resource: decision,
      endpoint: decision,
      "lattice-service": decision,
      "lattice-network": decision,
    },
    { requiredKeys: [] },
  );

  test("refuses exactly with an explicit deny when a layer of it denies", () => {
    fc.assert(
      fc.property(layers, (given) => {
        const outcome = decide(name, given);
        const denied = combinations[name].layers.some((layer) => given[layer]?.kind === "deny");
        expect(outcome.kind === "refused" && outcome.explicit).toBe(denied);
      }),
    );
  });

  test("blames a layer of its own that does not allow", () => {
    fc.assert(
      fc.property(layers, (given) => {
        const outcome = decide(name, given);
        if (outcome.kind === "allow") return;
        expect(combinations[name].layers).toContain(outcome.layer);
        expect(given[outcome.layer]).not.toEqual(allow);
      }),
    );
  });

  test("has every layer of its groups in its order of blame", () => {
    expect([...new Set(combinations[name].groups.flat())].sort()).toEqual([...combinations[name].layers].sort());
  });
});
