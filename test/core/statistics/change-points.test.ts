import { describe, expect, test } from "vitest";
import { changePoints } from "#core/statistics/change-points.ts";
import { createRandom } from "#core/statistics/random.ts";
import { centredRanks, rankCusum } from "#core/statistics/rank-cusum.ts";

const search = (seed = 1) => ({ alpha: 0.01, sideMin: 3, random: createRandom(seed) });

/** Normal, of mean 0 and deviation 1. */
function noise(seed: number): () => number {
  const { uniform } = createRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe("centred ranks", () => {
  test("are those of the values, less their mean", () => {
    expect([...centredRanks([30, 10, 20])]).toEqual([1, -1, 0]);
  });

  test("are shared by equal values, and sum to nothing", () => {
    expect([...centredRanks([5, 1, 5, 9])]).toEqual([0, -1.5, 0, 1.5]);
  });
});

describe("the rank CUSUM", () => {
  test("is largest where values are most unlike before and after", () => {
    // Ranks −2.5 … 2.5: the first three sum to −4.5, over √(3·3).
    expect(rankCusum(centredRanks([1, 2, 3, 4, 5, 6]), 1)).toEqual({ at: 3, statistic: 1.5 });
  });

  test("does not look nearer to an end than it is told", () => {
    expect(rankCusum(centredRanks([0, 9, 9, 9, 9, 9]), 1).at).toBe(1);
    expect(rankCusum(centredRanks([0, 9, 9, 9, 9, 9]), 2).at).toBe(2);
  });
});

describe("change points", () => {
  test("none in what never changes, nor in what is always the same, nor in too little", () => {
    expect(changePoints(Array.from({ length: 40 }, noise(3)), search())).toEqual([]);
    expect(
      changePoints(
        Array.from({ length: 40 }, () => 7),
        search(),
      ),
    ).toEqual([]);
    expect(changePoints([1, 1, 9, 9, 9], search())).toEqual([]);
  });

  test("each of several, where it is", () => {
    const level = (index: number): number => (index < 20 ? 0 : index < 45 ? 6 : 3);
    const next = noise(4);
    const found = changePoints(
      Array.from({ length: 70 }, (_, index) => level(index) + next()),
      search(),
    );
    expect(found.map(({ at }) => at)).toEqual([20, 45]);
    for (const { pValue } of found) expect(pValue).toBeLessThan(0.01);
  });

  test("a lone one is held against chance once: whatever its stretch is, that was the same before", () => {
    const { below, ...random } = createRandom(1);
    let drawn = 0;
    const counted = {
      ...random,
      below(n: number) {
        drawn += 1;
        return below(n);
      },
    };
    const found = changePoints([1, 2, 3, 2, 1, 8, 9, 8, 9, 9], { ...search(), random: counted });
    expect(found.map(({ at }) => at)).toEqual([5]);
    expect(drawn).toBe(4999 * 9);
  });

  test("not for one bad run, however bad", () => {
    const next = noise(5);
    expect(
      changePoints(
        Array.from({ length: 40 }, (_, index) => next() + (index === 25 ? 1000 : 0)),
        search(),
      ),
    ).toEqual([]);
  });

  test("in no more of a hundred sequences without one than promised", () => {
    const next = noise(6);
    const random = createRandom(7);
    let found = 0;
    for (let round = 0; round < 300; round++)
      if (changePoints(Array.from({ length: 25 }, next), { alpha: 0.05, sideMin: 3, random }).length > 0) found += 1;
    // Of 300 at 5 %: 15 on average, and more than 27 in one of 1000 such tests.
    expect(found).toBeLessThanOrEqual(27);
  });
});
