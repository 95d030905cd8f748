import { describe, expect, test } from "vitest";
import type { Load } from "#core/config/config.ts";
import { describeLoad } from "#core/plan/describe-load.ts";
import { makeLoadPlan } from "#core/plan/make-load-plan.ts";
import { showLoad } from "#core/plan/show-load.ts";
import { minutes, perSecond, seconds } from "#core/units.ts";
import { makeTarget } from "../../support/make.ts";

const load: Load = {
  name: "steady",
  engine: "k6",
  targets: ["direct", "orders"],
  arrival: { kind: "open", rate: perSecond(200) },
  durationMs: minutes(5),
  warmupMs: seconds(30),
  scenario: "steady",
  principal: "default",
  thresholds: ["p99 < 250ms"],
};
const placed = [
  { target: makeTarget("lambda-endpoint", { id: "direct" }), addresses: ["10.0.1.10"] },
  { target: makeTarget("alb"), addresses: ["10.0.1.11", "10.0.2.11"] },
];

describe("a load plan", () => {
  const plan = makeLoadPlan(load, placed);

  test("says of each target where, how and until when to ask", () => {
    expect(plan).toMatchObject({ load: "steady", scenario: "steady", durationMs: 300_000, warmupMs: 30_000 });
    expect(plan.targets).toMatchObject([
      {
        ...{ id: "direct", kind: "lambda-endpoint", origin: "https://orders.example.internal", auth: "iam" },
        signing: { service: "lambda", region: "eu-west-1" },
        ...{ timeoutMs: 30_000, functionErrors: true, addresses: ["10.0.1.10"] },
      },
      { id: "orders", auth: "none", signing: null, functionErrors: false, addresses: ["10.0.1.11", "10.0.2.11"] },
    ]);
  });

  test("has patterns in words that both engines read alike", () => {
    const [main, ...more] = makeTarget("alb").requests;
    const body = { kind: "matches", pattern: '"id":\\s*\\d' } as const;
    const target = makeTarget("alb", { requests: [{ ...main, expect: { ...main.expect, body } }, ...more] });
    const planned = makeLoadPlan(load, [{ target, addresses: ["10.0.1.10"] }]).targets[0]?.requests[0]?.expect.body;
    const pattern = planned?.kind === "matches" ? planned.pattern : "";
    expect(pattern).toContain("[0-9]");
    expect(pattern).not.toMatch(/\\[sd]/);
    expect(new RegExp(pattern).test('"id":\u00a07')).toBe(true);
  });

  test("is described in requests and bytes before a packet is sent", () => {
    const description = describeLoad(plan, "k6", load.thresholds);
    expect(description.requests).toBe(2 * 200 * 330);
    expect(description.targets.map(({ requests }) => requests)).toEqual([66_000, 66_000]);
    const [direct, orders] = description.targets;
    expect((direct?.requestBytes ?? 0) - (orders?.requestBytes ?? 0)).toBe(66_000 * 1500);
    const shown = showLoad(description);
    expect(shown).toContain("steady: k6, scenario steady, 200 requests/s at each target, 30 s of warm-up, then 5 min");
    expect(shown).toContain("must hold: p99 < 250ms");
    expect(shown).toContain("GET /orders/1, signed");
    expect(shown).toMatch(/132000 requests to 2 targets at most, about \d.* Nothing was sent\./);
  });

  test("of a closed loop does not pretend to know how many requests it will be", () => {
    const closed = describeLoad({ ...plan, arrival: { kind: "closed", connections: 50 } }, "k6", []);
    expect(closed).toMatchObject({ requests: null, requestBytes: null });
    expect(showLoad(closed)).toContain("50 connections at each target");
  });
});
