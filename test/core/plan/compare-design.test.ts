import { describe, expect, test } from "vitest";
import { type CompareWish, designComparison, designMs } from "#core/plan/compare-design.ts";
import { minutes, ms, perSecond, seconds } from "#core/units.ts";

const wish: CompareWish = {
  targets: 4,
  durationMs: minutes(10),
  rate: perSecond(50),
  marginMs: ms(2),
  seed: 1,
  cold: false,
  blockMs: null,
};

describe("the design of a comparison", () => {
  test("fills the duration with rounds of blocks, and its pilot with enough for p99 where half of it allows", () => {
    const designed = designComparison(wish);
    if (designed.kind !== "ok") throw new Error(designed.why);
    expect(designed.design).toMatchObject({ rounds: 30, blockMs: 5000, headMs: 1000, pilotRounds: 9 });
    expect(designMs(designed.design, 4, 30)).toBe(minutes(10));
  });

  test("takes shorter blocks rather than few rounds, and halves them for cold ones", () => {
    expect(designComparison({ ...wish, durationMs: minutes(2) })).toMatchObject({
      design: { blockMs: 1500, rounds: 20 },
    });
    expect(designComparison({ ...wish, durationMs: minutes(2), cold: true })).toMatchObject({
      design: { blockMs: 700, rounds: 21, connections: ["reused", "cold"] },
    });
  });

  test("refuses what could tell nothing, and says what would do", () => {
    expect(designComparison({ ...wish, durationMs: seconds(20), blockMs: seconds(5) })).toMatchObject({
      kind: "refused",
      why: expect.stringContaining("--duration 120s or more"),
    });
    expect(designComparison({ ...wish, rate: perSecond(1) })).toMatchObject({
      kind: "refused",
      why: expect.stringContaining("raise --rate or --block"),
    });
  });
});
