import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHistogram } from "#core/statistics/histogram.ts";
import { intervalOfSamples, intervalOverRounds, ranksAround } from "#core/statistics/quantile-interval.ts";
import { cumulate, quantileOf } from "#core/statistics/quantile-of.ts";
import { ms } from "#core/units.ts";

const filled = (values: readonly number[]) => {
  const histogram = createHistogram();
  for (const value of values) histogram.record(ms(value));
  return histogram;
};
const times = fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 100 });

describe("a quantile within buckets", () => {
  test("it never strays further from the histogram's own than a bucket, and rises with the share", () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, q) => {
        const histogram = filled(values);
        const whole = cumulate([histogram]);
        const middle = histogram.quantile(q) ?? Number.NaN;
        expect(Math.abs(quantileOf(whole, q) - middle)).toBeLessThanOrEqual(Math.max(0.001, middle / 500));
        expect(quantileOf(whole, q / 2)).toBeLessThanOrEqual(quantileOf(whole, q));
      }),
    );
  });

  test("without a part it is that of the rest", () => {
    fc.assert(
      fc.property(times, times, times, (a, b, c) => {
        const whole = cumulate([a, b, c].map(filled));
        const rest = quantileOf(whole, 0.9, [cumulate([filled(b)]), cumulate([filled(c)])]);
        expect(rest).toBe(quantileOf(cumulate([filled(a)]), 0.9));
      }),
    );
  });

  test("of nothing there is none", () => {
    expect(quantileOf(cumulate([]), 0.5)).toBeNaN();
  });
});

describe("a quantile's interval", () => {
  // The exact binomial ranks, from SciPy 1.17.1's binom.cdf.
  test.each([
    [6, 0.5, 0.95, 1, 6],
    [5, 0.5, 0.95, 0, 6],
    [20, 0.5, 0.95, 6, 15],
    [100, 0.5, 0.95, 40, 61],
    [100, 0.9, 0.95, 84, 96],
    [100, 0.99, 0.95, 97, 101],
    [400, 0.99, 0.95, 392, 400],
    [1000, 0.99, 0.95, 983, 997],
    [100_000, 0.999, 0.99, 99_873, 99_926],
  ])("of %d samples, around %d with confidence %d, reaches from rank %d to %d", (n, q, confidence, low, high) => {
    expect(ranksAround(n, q, confidence)).toEqual([low, high]);
  });

  test("of independent samples is read at those ranks", () => {
    const hundred = filled(Array.from({ length: 100 }, (_, index) => (index + 1) / 10));
    const interval = intervalOfSamples(hundred, 0.5, 0.95);
    expect(interval).toMatchObject({ kind: "interval" });
    if (interval.kind !== "interval") return;
    expect(interval.lowMs).toBeCloseTo(4, 2);
    expect(interval.highMs).toBeCloseTo(6.1, 2);
  });

  test("of too few samples says how many it takes", () => {
    expect(intervalOfSamples(filled([1, 2, 3, 4, 5]), 0.5, 0.95)).toEqual({
      ...{ kind: "too-few", unit: "samples", have: 5, need: 6 },
    });
    expect(intervalOfSamples(filled([1]), 0.99, 0.95)).toMatchObject({ need: 368 });
  });

  test("over rounds widens with what rounds differ, and holds their common value", () => {
    const rounds = (spread: number) =>
      Array.from({ length: 12 }, (_, round) =>
        filled(Array.from({ length: 50 }, (_, index) => 10 + index / 100 + spread * (round % 2))),
      );
    const [calm, rough] = [0.1, 1].map((spread) => intervalOverRounds(rounds(spread), 0.5, 0.95));
    expect(calm).toMatchObject({ kind: "interval" });
    expect(rough).toMatchObject({ kind: "interval" });
    if (calm?.kind !== "interval" || rough?.kind !== "interval") return;
    expect(calm.lowMs).toBeLessThan(10.3);
    expect(calm.highMs).toBeGreaterThan(10.3);
    expect(rough.highMs - rough.lowMs).toBeGreaterThan(3 * (calm.highMs - calm.lowMs));
  });

  test("over too few rounds, or too few samples in them, says how many it takes", () => {
    const round = filled(Array.from({ length: 50 }, (_, index) => 10 + index));
    const rounds = Array.from({ length: 8 }, () => round);
    expect(intervalOverRounds([round, null, round], 0.5, 0.95)).toEqual({
      ...{ kind: "too-few", unit: "rounds", have: 2, need: 6 },
    });
    expect(intervalOverRounds(rounds, 0.99, 0.95)).toEqual({
      ...{ kind: "too-few", unit: "samples", have: 400, need: 1800 },
    });
  });
});
