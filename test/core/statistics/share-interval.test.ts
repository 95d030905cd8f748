import { describe, expect, test } from "vitest";
import { createRandom } from "#core/statistics/random.ts";
import { shareInterval } from "#core/statistics/share-interval.ts";

/** The probability of `from` to `to` of n, term by term. */
function binomial(from: number, to: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = from <= 0 ? term : 0;
  for (let k = 1; k <= to; k++) {
    term *= ((n - k + 1) / k) * (p / (1 - p));
    if (k >= from) sum += term;
  }
  return sum;
}

describe("the interval of a share", () => {
  test.each([
    [1, 20],
    [5, 100],
    [10, 12],
    [50, 1000],
    [400, 900],
  ])("%i of %i ends where as many or more, and as few or fewer, have a chance of one in forty", (part, whole) => {
    const { low, high } = shareInterval(part, whole, 0.95);
    expect(binomial(part, whole, whole, low)).toBeCloseTo(0.025, 9);
    expect(binomial(0, part, whole, high)).toBeCloseTo(0.025, 9);
  });

  test("of none and of all is open to one side only", () => {
    const none = shareInterval(0, 40, 0.95);
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(1 - 0.025 ** (1 / 40), 12);
    const all = shareInterval(40, 40, 0.95);
    expect(all.low).toBeCloseTo(0.025 ** (1 / 40), 12);
    expect(all.high).toBe(1);
  });

  test("of nothing counted is everything", () => {
    expect(shareInterval(0, 0, 0.95)).toEqual({ low: 0, high: 1 });
  });

  test("holds the true share at least as often as it promises", () => {
    const random = createRandom(7);
    const share = 0.05;
    let held = 0;
    for (let run = 0; run < 2000; run++) {
      let part = 0;
      for (let draw = 0; draw < 200; draw++) if (random.uniform() < share) part += 1;
      const { low, high } = shareInterval(part, 200, 0.95);
      if (low <= share && share <= high) held += 1;
    }
    expect(held / 2000).toBeGreaterThan(0.945);
  });
});
