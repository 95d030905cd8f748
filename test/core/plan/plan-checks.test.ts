import { describe, expect, test } from "vitest";
import type { Means } from "#core/checks/check.ts";
import { checks } from "#core/checks/index.ts";
import { orderChecks } from "#core/plan/order-checks.ts";
import { planChecks } from "#core/plan/plan-checks.ts";
import { selectChecks } from "#core/plan/select-checks.ts";
import { makeTarget } from "../../support/make.ts";
import { makeCheck } from "./support.ts";

const means: Means = { credentials: "temporary", endedSession: true };
const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

describe("orderChecks()", () => {
  test("goes by group, then needs before what needs them, then by id", () => {
    const given = [
      makeCheck("z-last", { group: "payload" }),
      makeCheck("b-second", { group: "network", needs: ["y-first"] }),
      makeCheck("a-third", { group: "network", needs: ["b-second"] }),
      makeCheck("y-first", { group: "network" }),
    ];
    expect(ids(orderChecks(given))).toEqual(["y-first", "b-second", "a-third", "z-last"]);
  });
  test("puts the checks there are from the name to the payload", () => {
    const order = ids(orderChecks(checks));
    expect(order.slice(0, 5)).toEqual([
      "name-resolves",
      "answers-are-private",
      "answers-span-zones",
      "every-address-connects",
      "certificate-is-valid",
    ]);
    expect(order.indexOf("unsigned-is-refused")).toBeLessThan(order.indexOf("wrong-region-is-refused"));
    expect(order).toHaveLength(checks.length);
  });
});

describe("selectChecks()", () => {
  test("takes a check with all it needs", () => {
    expect(ids(orderChecks(selectChecks(checks, ["certificate-is-valid"])))).toEqual([
      "name-resolves",
      "answers-are-private",
      "every-address-connects",
      "certificate-is-valid",
    ]);
  });
  test("takes a group", () => {
    const selected = ids(selectChecks(checks, ["auth"]));
    expect(selected).toContain("tampered-signature-is-refused");
    expect(selected).toContain("signed-is-answered");
    expect(selected).not.toContain("connection-is-reused");
  });
  test("takes a group and a check of another, and no more", () => {
    const selected = ids(selectChecks(checks, ["tls", "timeouts-are-ordered"]));
    expect(selected).toEqual(
      expect.arrayContaining(["certificate-is-valid", "timeouts-are-ordered", "every-address-connects"]),
    );
    expect(selected).not.toContain("signed-is-answered");
  });
  test("is empty for an unknown word", () => {
    expect(selectChecks(checks, ["everything"])).toEqual([]);
  });
});

describe("planChecks()", () => {
  test("goes through the targets as given, and through every check for each", () => {
    const targets = [makeTarget("lattice", { id: "b" }), makeTarget("alb", { id: "a" })];
    const plan = planChecks(targets, checks, means);
    expect(plan).toHaveLength(2 * checks.length);
    expect([...new Set(plan.map(({ target }) => target.id))]).toEqual(["b", "a"]);
  });

  test("says why a check does not apply, and plans no step for it", () => {
    const plan = planChecks([makeTarget("alb")], checks, means);
    const signed = plan.find(({ check }) => check.id === "signed-is-answered");
    expect(signed).toMatchObject({ skipped: "it is asked without a signature (`auth: none`)", steps: [], needs: [] });
  });

  test("replaces a need that does not apply by what it needs itself", () => {
    const plain = makeTarget("http", { origin: { scheme: "http", host: "10.0.0.1", port: 80 } });
    const needs = new Map(planChecks([plain], checks, means).map((one) => [one.check.id, one.needs]));
    // Neither a name nor privacy nor a certificate to ask for.
    expect(needs.get("every-address-connects")).toEqual([]);
    expect(needs.get("open-is-answered")).toEqual(["every-address-connects"]);
    expect(needs.get("answer-is-as-expected")).toEqual(["every-address-connects", "open-is-answered"]);
  });

  test("leaves out needs that are not among the checks", () => {
    const [only] = planChecks([makeTarget("alb")], [makeCheck("one", { needs: ["other"] })], means);
    expect(only?.needs).toEqual([]);
  });
});
