import { describe, expect, test } from "vitest";
import { createRandom } from "#core/statistics/random.ts";
import { ms } from "#core/units.ts";
import { counted } from "../../../tools/statistics/counted.ts";
import { mannWhitney } from "../../../tools/statistics/mann-whitney.ts";
import { measure, measureNaive } from "../../../tools/statistics/measure.ts";
import { scenarios } from "../../../tools/statistics/scenarios.ts";
import { noEffect } from "../../../tools/statistics/simulate.ts";

// A small, seeded share of `npm run validate-statistics`. With 120 repeats the standard error of a coverage is 2 %.
const repeats = 120;
const drift = scenarios.find(({ name }) => name === "drift") ?? scenarios[0];
const design = { scenario: drift, rounds: 30, requests: 100, effect: noEffect };

describe("what a comparison promises, in a world that drifts", () => {
  test("targets alike: intervals hold 0 in about 95 %, and few are called different", () => {
    const { coverage, claimed } = measure(design, repeats, 1);
    for (const share of coverage) expect(share).toBeGreaterThan(0.89);
    expect(claimed).toBeLessThan(0.1);
  });

  test("a shift of twice the smallest visible difference is seen, nearly always", () => {
    const { smallestVisibleMs } = measure(design, 20, 1);
    const shifted = { ...design, effect: { ...noEffect, shiftMs: 2 * smallestVisibleMs } };
    expect(measure(shifted, 40, 1).claimedAtMedian).toBeGreaterThan(0.95);
  });

  test("a difference as large as the margin is seldom called equivalent; none is, mostly", () => {
    const asLarge = { ...design, effect: { ...noEffect, shiftMs: 2 } };
    expect(measure(asLarge, repeats, 1, ms(2)).equivalent).toBeLessThan(0.1);
    expect(measure(design, 40, 1, ms(2)).equivalentAtMedian).toBeGreaterThan(0.9);
  });

  test("one after the other, with a test over requests, sees differences that are not there", () => {
    expect(measureNaive(design, 40, 1)).toBeGreaterThan(0.5);
  });
});

describe("what simulations are made of", () => {
  test("Mann and Whitney's test gives SciPy's p-values (mannwhitneyu, asymptotic, without continuity correction)", () => {
    const a = [1.1, 2.3, 3.7, 4.2, 9.6, 7.7, 8.1];
    const b = [2.2, 5.1, 6.4, 10.5, 11.2, 12.9];
    expect(mannWhitney(a, b)).toBeCloseTo(0.198543, 5);
    expect(mannWhitney(b, a)).toBeCloseTo(mannWhitney(a, b), 12);
  });

  test("the counts of a block are those of a histogram", () => {
    const { uniform } = createRandom(5);
    const values = Array.from({ length: 200 }, () => 50 * uniform());
    const block = counted(values);
    expect(block.count).toBe(200);
    expect([...block.slots()].reduce((sum, [, count]) => sum + count, 0)).toBe(200);
    expect(block.max()).toBe(Math.max(...values));
  });
});
