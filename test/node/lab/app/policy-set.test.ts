import { describe, expect, test } from "vitest";
import { defaultPolicies } from "#node/lab/app/default-policies.ts";
import { policySet } from "#node/lab/app/policy-set.ts";
import { policyFaults } from "#node/lab/faults/policy.ts";
import type { PolicyFiles } from "#node/lab/world.ts";
import { ask, makeWorld } from "../../../support/lab-app.ts";

const none: PolicyFiles = {
  identity: null,
  endpoint: null,
  resource: null,
  latticeService: null,
  latticeNetwork: null,
};
const allowing = (over: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...over },
  });

describe("the lab's policies", () => {
  test("are documents that AWS would take: all known, and endpoint policies within 20,480 characters", () => {
    expect(Object.keys(policySet(makeWorld())).sort()).toEqual(
      ["endpoint", "identity", "lattice-network", "lattice-service", "resource"].sort(),
    );
    for (const { effects } of policyFaults) expect(() => policySet(makeWorld({ effects }))).not.toThrow();
    expect(defaultPolicies.endpoint.length).toBeLessThan(20_480);
  });

  test("give way to the user's own, which are really evaluated", async () => {
    const condition = { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } };
    const policies = { ...none, latticeService: allowing({ Condition: condition }) };
    expect((await ask("orders-lattice", {}, { policies })).status).toBe(200);
    const refused = await ask("orders-lattice", { method: "PUT" }, { policies });
    expect(refused.body).toContain("because no service-based policy allows the vpc-lattice-svcs:Invoke action");
  });

  test("may let anonymous callers in, as Lattice's can", async () => {
    const policies = { ...none, latticeService: allowing({}), latticeNetwork: allowing({}) };
    expect((await ask("orders-lattice", { scope: null }, { policies })).status).toBe(200);
    expect((await ask("orders-lattice", { scope: null })).status).toBe(403);
  });

  test("know headers and query, and the network a request comes from", async () => {
    const endpoint = (vpce: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          ...{ Effect: "Allow", Principal: "*", Action: "lambda:*", Resource: "*" },
          Condition: { StringEquals: { "aws:SourceVpce": vpce } },
        },
      });
    const from = (vpce: string) => ask("orders-direct", {}, { policies: { ...none, endpoint: endpoint(vpce) } });
    expect((await from("vpce-0d7e2a9b5c1f48306")).status).toBe(200);
    expect((await from("vpce-00000000000000000")).status).toBe(403);
    const keys = {
      "vpc-lattice-svcs:RequestHeader/x-release": "beta",
      "vpc-lattice-svcs:RequestQueryString/page": "2",
    };
    const policies = { ...none, latticeService: allowing({ Condition: { StringEquals: keys } }) };
    const asked = { path: "/orders/1?page=2", headers: { "x-release": "beta" } };
    expect((await ask("orders-lattice", asked, { policies })).status).toBe(200);
    expect((await ask("orders-lattice", { ...asked, path: "/orders/1" }, { policies })).status).toBe(403);
  });

  test("that cannot be used are refused with all that is wrong with them", () => {
    const identity = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Maybe", Action: "*", Resource: "*" }],
    });
    expect(() => policySet(makeWorld({ policies: { ...none, identity } }))).toThrow(
      /^the lab's identity policy cannot be used: .*Effect: expected /,
    );
    expect(() => policySet(makeWorld({ policies: { ...none, endpoint: "{" } }))).toThrow(
      "the lab's endpoint policy cannot be used: document: expected a JSON object",
    );
  });
});
