import { describe, expect, test } from "vitest";
import { ordersListener } from "#node/lab/app/lattice-listener.ts";
import { actionFor, groupAt, type Listener, type Rule } from "#node/lab/app/lattice-rules.ts";
import { makeRequest } from "../../../support/lab-app.ts";

const rule = (over: Partial<Rule>): Rule => ({
  priority: 10,
  method: null,
  path: null,
  headers: [],
  action: { kind: "fixed", status: 500 },
  ...over,
});
const listener = (...rules: readonly Rule[]): Listener => ({ rules, defaultAction: { kind: "fixed", status: 404 } });
const decided = (rules: readonly Rule[], asked: Parameters<typeof makeRequest>[1]) => {
  const action = actionFor(listener(...rules), makeRequest("orders-lattice-open", asked));
  return action.kind === "fixed" && action.status === 500;
};

describe("Lattice's rules", () => {
  test("a path matches in any case unless told otherwise, its query left out", () => {
    const path = { match: "exact", value: "/Orders", caseSensitive: false } as const;
    expect(decided([rule({ path })], { path: "/orders?x=1" })).toBe(true);
    expect(decided([rule({ path: { ...path, caseSensitive: true } })], { path: "/orders" })).toBe(false);
    expect(decided([rule({ path: { ...path, match: "prefix" } })], { path: "/orders/7" })).toBe(true);
    expect(decided([rule({ path })], { path: "/orders/7" })).toBe(false);
  });

  test("a method matches as written", () => {
    expect(decided([rule({ method: "POST" })], { method: "POST" })).toBe(true);
    expect(decided([rule({ method: "POST" })], { method: "post" })).toBe(false);
  });

  test.each([
    ["exact", "beta", "beta", true],
    ["exact", "beta", "beta-2", false],
    ["prefix", "beta", "BETA-2", true],
    ["contains", "eta", "beta-2", true],
    ["contains", "gamma", "beta-2", false],
  ] as const)("a header matches by %s %s: %s is %s", (match, value, sent, expected) => {
    const headers = [{ name: "x-release", match, value, caseSensitive: false }];
    expect(decided([rule({ headers })], { headers: { "x-release": sent } })).toBe(expected);
  });

  test("every header must match", () => {
    const one = { match: "exact", value: "1", caseSensitive: false } as const;
    const headers = [
      { name: "a", ...one },
      { name: "b", ...one },
    ];
    expect(decided([rule({ headers })], { headers: { a: "1" } })).toBe(false);
    expect(decided([rule({ headers })], { headers: { a: "1", b: "1" } })).toBe(true);
  });

  test("the lowest priority decides, wherever it stands", () => {
    const first = rule({ priority: 5 });
    const later = rule({ priority: 6, action: { kind: "fixed", status: 404 } });
    expect(decided([later, first], {})).toBe(true);
  });

  test("weights share the turns in proportion", () => {
    const action = actionFor(ordersListener, makeRequest("orders-lattice", { path: "/weighted/1" }));
    if (action.kind !== "forward") throw new Error("expected a forward action");
    const served = Array.from({ length: 100 }, (_, turn) => groupAt(action.groups, turn));
    expect(served.filter((group) => group?.endsWith("tg-0ca4a20000000004"))).toHaveLength(10);
    expect(groupAt([{ targetGroup: "a", weight: 0 }], 0)).toBeNull();
  });
});
