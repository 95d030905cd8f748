import { expect, test } from "vitest";
import { binomialUpTo } from "#core/statistics/binomial.ts";

/** By the sum of its terms. */
function summed(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i += 1) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

test.each([
  [0, 50, 0.05],
  [2, 50, 0.05],
  [22, 27, 0.95],
  [26, 27, 0.95],
])("%d or fewer of %d at %d", (k, n, p) => {
  expect(binomialUpTo(k, n, p)).toBeCloseTo(summed(k, n, p), 12);
});

test("as many as there were, or fewer, are certain", () => {
  expect(binomialUpTo(27, 27, 0.95)).toBe(1);
});
