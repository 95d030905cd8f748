import { describe, expect, test } from "vitest";
import { isInHead, isWarmup, targetNumberAt } from "#core/plan/block-order.ts";
import { blockOfSample, type ComparePlan } from "#core/plan/compare-plan.ts";
import { ms, perSecond } from "#core/units.ts";
import { loadPlan, plannedTarget } from "../../support/k6.ts";

const blocks = { blockMs: ms(1000), headMs: ms(200), order: [0, 1, 1, 0] };

const plan: ComparePlan = {
  load: loadPlan([plannedTarget("a", 1), plannedTarget("b", 2)], {
    arrival: { kind: "open", rate: perSecond(10) },
    durationMs: ms(4000),
    blocks,
  }),
  lanes: [
    { id: "a", target: "a", use: "reused" },
    { id: "b", target: "b", use: "reused" },
  ],
  blocks: [],
};

describe("blocks", () => {
  test("say whose turn it is, and what is not measured", () => {
    expect([0, 999, 1000, 2500, 3999].map((dueMs) => targetNumberAt(blocks, dueMs))).toEqual([0, 0, 1, 1, 0]);
    expect(targetNumberAt(blocks, 4000)).toBeNull();
    expect([0, 199, 200, 1199].map((dueMs) => isInHead(blocks, dueMs))).toEqual([true, true, false, true]);
    // 0.1 + 0.2 and its kin: what is due on a border belongs to the block that begins there.
    expect(targetNumberAt(blocks, 1000 - 1e-9)).toBe(1);
    expect(isWarmup({ warmupMs: 500 }, 499)).toBe(true);
    expect(isWarmup({ warmupMs: 500, blocks }, 499)).toBe(false);
  });

  test("keep what was late, and what an engine's clock made early", () => {
    expect(blockOfSample(plan, "a", ms(500))).toBe(0);
    // Sent after its block had ended, while the other had its turn.
    expect(blockOfSample(plan, "a", ms(1400))).toBe(0);
    expect(blockOfSample(plan, "b", ms(2001))).toBe(2);
    expect(blockOfSample(plan, "b", ms(990))).toBe(1);
    expect(blockOfSample(plan, "a", ms(9000))).toBe(3);
    expect(blockOfSample(plan, "c", ms(10))).toBeNull();
  });
});
