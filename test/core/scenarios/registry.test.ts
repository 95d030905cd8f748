import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connectionsFor, played, scenarioOf, whyUnfit } from "#core/scenarios/played.ts";
import { scenarioNamed, scenarios } from "#core/scenarios/registry.ts";
import { readSettings } from "#core/scenarios/settings.ts";
import { levelAt } from "#core/scenarios/shape.ts";
import { ms, perSecond } from "#core/units.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";

const target = plannedTarget("only", 1, { idleTimerMs: ms(60_000) });
const none = readSettings({});

describe("the scenarios that come along", () => {
  test("are each a script for k6 too", () => {
    const files = readdirSync(join(import.meta.dirname, "../../../scenarios")).map((file) => file.replace(/\.ts$/, ""));
    for (const name of Object.keys(scenarios)) expect(files).toContain(name);
  });

  test.each(Object.entries(scenarios))("%s asks something, and never for more than the load's rate", (_, scenario) => {
    const asks = scenario.asks(target, none);
    expect(asks.length).toBeGreaterThan(0);
    for (const { timeoutMs } of asks) expect(timeoutMs).toBeLessThanOrEqual(target.timeoutMs);
    expect(scenario.shape.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    for (let share = 0; share < 1; share += 0.01) expect(levelAt(scenario.shape, share)).toBeLessThanOrEqual(1);
  });

  test("a plan is played as its scenario has it, and a stranger's name as steady", () => {
    const soak = loadPlan([target], { scenario: "soak", durationMs: ms(60_000) });
    expect(played(soak, scenarioOf(soak)).targets[0]?.connection.ageMsMax).toBe(15_000);
    const own = { ...target, connection: { requestsMax: null, ageMsMax: ms(7) } };
    expect(played({ ...soak, targets: [own] }, scenarioOf(soak)).targets[0]?.connection.ageMsMax).toBe(7);
    const bursts = loadPlan([target], { scenario: "idle-then-burst", arrival: { kind: "open", rate: perSecond(95) } });
    expect(played(bursts, scenarioOf(bursts)).arrival).toEqual({ kind: "closed", connections: 10 });
    const strange = loadPlan([target], { scenario: "of my own" });
    expect(scenarioNamed("of my own")).toBeNull();
    expect(played(strange, scenarioOf(strange))).toEqual(strange);
  });

  test.each([
    [0.2, 1],
    [25, 3],
    [10_000, 50],
  ])("a rate of %d/s gives %d connections to one that sets its own pace", (rate, connections) => {
    expect(connectionsFor({ kind: "open", rate: perSecond(rate) })).toBe(connections);
  });

  test("says which target cannot take part", () => {
    const plan = loadPlan([target], { scenario: "steady-signed" });
    expect(whyUnfit(plan, scenarioOf(plan))).toMatch(/^the scenario steady-signed cannot be run: only: .*auth: iam$/);
    expect(whyUnfit(plan, scenarios.steady)).toBeNull();
  });

  test.each(["1s", "-1", "0", "1.5", "x"])("takes no %s for a setting", (said) => {
    expect(() => readSettings({ PATHPROOF_BYTES_MAX: said })).toThrow(/^PATHPROOF_BYTES_MAX: expected a whole number/);
  });
});
