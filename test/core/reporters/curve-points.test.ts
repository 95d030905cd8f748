import { describe, expect, test } from "vitest";
import { curvePoints } from "#core/reporters/curve-points.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import { ms } from "#core/units.ts";

const histogramOf = (values: readonly number[]) => {
  const histogram = createHistogram();
  for (const value of values) histogram.record(ms(value));
  return histogram;
};

describe("curvePoints()", () => {
  test("rises in both directions, from the fastest to the slowest, in a bounded number of points", () => {
    const histogram = histogramOf(Array.from({ length: 100_000 }, (_, index) => 1 + index / 1000));
    const points = curvePoints(histogram);
    expect(points.length).toBeGreaterThan(50);
    expect(points.length).toBeLessThan(100);
    expect(points[0]?.[0]).toBe(0);
    expect(points.at(-1)).toEqual([1, histogram.max()]);
    for (const [index, [share, value]] of points.entries()) {
      const [shareBefore, valueBefore] = points[index - 1] ?? [-1, 0];
      expect(share).toBeGreaterThan(shareBefore);
      expect(value).toBeGreaterThanOrEqual(valueBefore);
    }
  });

  test("claims no share finer than its samples", () => {
    const points = curvePoints(histogramOf(Array.from({ length: 100 }, (_, index) => index + 1)));
    expect(Math.max(...points.map(([share]) => share).filter((share) => share < 1))).toBe(0.99);
  });

  test("is one point of one sample, and nothing of none", () => {
    expect(curvePoints(histogramOf([5]))).toEqual([
      [0, 5],
      [1, 5],
    ]);
    expect(curvePoints(histogramOf([]))).toEqual([]);
  });
});
