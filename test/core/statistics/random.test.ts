import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, shuffled, xoshiro128 } from "#core/statistics/random.ts";

describe("random", () => {
  test("xoshiro128** gives the outputs of its reference implementation", () => {
    const { bits } = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, bits)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test("a seed repeats its stream, and its neighbour has another", () => {
    const stream = (seed: number) => Array.from({ length: 8 }, createRandom(seed).bits);
    expect(stream(7)).toEqual(stream(7));
    expect(stream(7)).not.toEqual(stream(8));
    expect(new Set(Array.from({ length: 1000 }, (_, seed) => createRandom(seed).bits())).size).toBe(1000);
  });

  test("uniform numbers lie in [0, 1), with mean 1/2 and variance 1/12", () => {
    const random = createRandom(1);
    const drawn = Array.from({ length: 100_000 }, random.uniform);
    expect(drawn.every((u) => u >= 0 && u < 1)).toBe(true);
    const mean = drawn.reduce((a, b) => a + b) / drawn.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(drawn.reduce((sum, u) => sum + (u - mean) ** 2, 0) / drawn.length).toBeCloseTo(1 / 12, 2);
  });

  test("a number below n is each as often as the others", () => {
    const random = createRandom(2);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) {
      const drawn = random.below(5);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // Five standard deviations of a binomial with n = 50,000 and p = 1/5.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });

  test("shuffling keeps the items, and every order of three is as likely as the others", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const numerically = (a: number, b: number) => a - b;
        expect([...shuffled(items, createRandom(seed))].sort(numerically)).toEqual([...items].sort(numerically));
      }),
    );
    const random = createRandom(3);
    const orders = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = shuffled(["a", "b", "c"], random).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 2000)).toBeLessThan(210);
  });
});
