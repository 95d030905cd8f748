import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePairs } from "#core/statistics/compare-pairs.ts";
import { differenceOf, halfWidthMs, pBeyond, pOfNone } from "#core/statistics/difference.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import { holm } from "#core/statistics/holm.ts";
import { createRandom } from "#core/statistics/random.ts";
import { roundsNeeded, smallestVisibleMs } from "#core/statistics/rounds-needed.ts";
import { ms } from "#core/units.ts";

/** Rounds of 100 answers around 10 ms that drift together, `extraMs` slower each. */
function rounds(extraMs: number, seed: number, count = 20) {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, round) => {
    const histogram = createHistogram();
    for (let i = 0; i < 100; i++) histogram.record(ms(10 + 3 * Math.sin(round) + random.uniform() + extraMs));
    return histogram;
  });
}

const at = (comparison: ReturnType<typeof comparePairs>, a: string, b: string, quantile = 0.5) =>
  comparison.pairs.find((pair) => pair.a === a && pair.b === b && pair.quantile === quantile);

describe("comparing pairs", () => {
  const targets = [
    { id: "quick", rounds: rounds(0, 1) },
    { id: "same", rounds: rounds(0.01, 2) },
    { id: "slow", rounds: rounds(3, 3) },
  ];
  const comparison = comparePairs({ targets, marginMs: ms(1), quantiles: [0.5, 0.9] });

  test("every pair is compared once at every quantile, in the order of the targets", () => {
    expect(comparison.pairs.map(({ a, b, quantile }) => [a, b, quantile])).toEqual([
      ["quick", "same", 0.5],
      ["quick", "same", 0.9],
      ["quick", "slow", 0.5],
      ["quick", "slow", 0.9],
      ["same", "slow", 0.5],
      ["same", "slow", 0.9],
    ]);
    expect(comparison.warnings).toEqual([]);
  });

  test("a is faster where it takes less, and the interval holds the true difference", () => {
    const pair = at(comparison, "quick", "slow");
    expect(pair).toMatchObject({ verdict: "faster", rounds: 20, warnings: [] });
    expect(pair?.lowMs).toBeLessThan(-3);
    expect(pair?.highMs).toBeGreaterThan(-3);
    expect(pair?.deltaMs).toBeCloseTo(-3, 0);
    const [reversed] = comparePairs({ targets: targets.toReversed(), marginMs: ms(1), quantiles: [0.5] }).pairs;
    expect(reversed).toMatchObject({ a: "slow", b: "same", verdict: "slower" });
  });

  test("a difference that is certainly within the margin is equivalent, even if it is certain", () => {
    expect(at(comparison, "quick", "same")).toMatchObject({ verdict: "equivalent" });
    expect(at(comparePairs({ targets, marginMs: ms(5) }), "quick", "slow")).toMatchObject({ verdict: "equivalent" });
  });

  test("what is neither certain is inconclusive, and says how many rounds it would take", () => {
    const noisy = (seed: number) => {
      const random = createRandom(seed);
      return rounds(0, seed, 8).map((_, round) => rounds(4 * random.uniform(), seed + round, 1)[0] ?? null);
    };
    const unsure = [
      { id: "a", rounds: noisy(50) },
      { id: "b", rounds: noisy(90) },
    ];
    const [pair] = comparePairs({ targets: unsure, marginMs: ms(0.2), quantiles: [0.5] }).pairs;
    expect(pair).toMatchObject({ verdict: "inconclusive", rounds: 8 });
    if (pair?.deltaMs == null) throw new Error("it was measured");
    expect(pair.smallestVisibleMs).toBeGreaterThan(0.2);
    expect(pair.roundsNeeded.expected).toBeGreaterThan(100);
    expect(pair.roundsNeeded.cautious).toBeGreaterThan(pair.roundsNeeded.expected);
  });

  test("too few rounds, or answers, say what is missing instead of a number", () => {
    const few = targets.map(({ id, rounds }) => ({ id, rounds: rounds.slice(0, 5) }));
    expect(comparePairs({ targets: few, marginMs: ms(1) }).pairs[0]).toEqual({
      ...{
        a: "quick",
        b: "same",
        set: null,
        samples: { a: 500, b: 500 },
        quantile: 0.5,
        rounds: 5,
        verdict: "inconclusive",
      },
      ...{ deltaMs: null, lowMs: null, highMs: null, smallestVisibleMs: null },
      ...{ roundsNeeded: null, pNone: null, pBeyondMargin: null },
      warnings: ["Both answered in 5 rounds; 6 are needed at least to tell how much rounds differ."],
    });
    const ten = targets.map(({ id, rounds }) => ({ id, rounds: rounds.slice(0, 10) }));
    expect(at(comparePairs({ targets: ten, marginMs: ms(1) }), "quick", "same", 0.99)?.warnings).toEqual([
      "One of them answered 1000 times in the rounds they share; p99 needs 1800 answers at least.",
    ]);
  });

  test("rounds in which one did not answer are left out for both, and said", () => {
    const gaps = targets.map(({ id, rounds }) => ({
      id,
      rounds: rounds.map((round, index) => (id === "slow" && index % 4 === 0 ? null : round)),
    }));
    const gappy = comparePairs({ targets: gaps, marginMs: ms(1), quantiles: [0.5] });
    expect(at(gappy, "quick", "slow")).toMatchObject({ rounds: 15, verdict: "faster" });
    expect(at(gappy, "quick", "same")).toMatchObject({ rounds: 20 });
    expect(gappy.warnings).toEqual([
      "slow answered nothing in 5 of 20 rounds: those are left out of its comparisons, so it is compared only when it was well.",
    ]);
  });

  test("what both share in a round does not widen the interval, however large it is", () => {
    const swinging = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, (_, round) => {
        const histogram = createHistogram();
        for (let i = 0; i < 200; i++) histogram.record(ms(50 + 40 * Math.sin(round * 0.7) + random.uniform()));
        return histogram;
      });
    };
    const pair = comparePairs({
      targets: [
        { id: "a", rounds: swinging(1) },
        { id: "b", rounds: swinging(2) },
      ],
      marginMs: ms(1),
      quantiles: [0.9],
    }).pairs[0];
    expect((pair?.highMs ?? 99) - (pair?.lowMs ?? 0)).toBeLessThan(1.5);
  });

  test("nothing to compare is nothing, and nonsense is refused", () => {
    expect(comparePairs({ targets: targets.slice(0, 1), marginMs: ms(1) }).pairs).toEqual([]);
    expect(() => comparePairs({ targets, marginMs: ms(0) })).toThrow(RangeError);
    expect(() => comparePairs({ targets, marginMs: ms(1), quantiles: [1] })).toThrow(RangeError);
  });
});

describe("a difference", () => {
  test("has the jackknife's error, by hand: deltas 1, 2, 3 around 2 give √(2/3 · 2)", () => {
    const difference = differenceOf({ merged: 12, without: [11, 12, 13] }, { merged: 10, without: [10, 10, 10] });
    expect(difference).toEqual({ deltaMs: 2, errorMs: Math.sqrt((2 / 3) * 2), degrees: 2 });
  });

  test("is never more exact than the histograms keep their values", () => {
    const same = { merged: 10, without: [10, 10, 10] };
    expect(differenceOf(same, same).errorMs).toBeCloseTo(0.00408, 5);
  });

  test("has Student's interval and p-values (SciPy: t.ppf(0.975, 9), 2·t.sf(2, 9), t.sf(1, 9))", () => {
    const difference = { deltaMs: -2, errorMs: 1, degrees: 9 };
    expect(halfWidthMs(difference, 0.95)).toBeCloseTo(2.262157162798205, 10);
    expect(pOfNone(difference)).toBeCloseTo(0.07655307, 6);
    expect(pBeyond(difference, 3)).toBeCloseTo(0.17171823, 6);
    expect(pBeyond(difference, 1)).toBeGreaterThan(0.5);
  });
});

describe("several questions at once", () => {
  test("Holm's p-values, by hand", () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((exact, index) => {
      expect(adjusted[index]).toBeCloseTo(exact, 12);
    });
    expect(holm([])).toEqual([]);
  });

  test("no p-value becomes smaller, or more than 1, and their order stays", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const adjusted = holm(pValues);
        pValues.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          pValues.forEach((other, j) => {
            if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
          });
        });
      }),
    );
  });
});

describe("rounds needed", () => {
  const assurance = { alpha: 0.05, power: 0.8, questions: 1 };

  test("the smallest visible difference, by hand: (t.ppf(0.975, 29) + t.ppf(0.8, 29)) errors", () => {
    const visible = smallestVisibleMs({ deltaMs: 0, errorMs: 1, degrees: 29 }, assurance);
    expect(visible).toBeCloseTo(2.045229642 + 0.854191911, 6);
  });

  test("so many rounds make the margin visible and equality tellable, and a fifth fewer would not", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        (errorMs, questions) => {
          const asked = { ...assurance, questions };
          const { expected } = roundsNeeded({ deltaMs: 0, errorMs, degrees: 9 }, 10, 2, asked);
          const visibleWith = (rounds: number) =>
            smallestVisibleMs(
              { deltaMs: 0, errorMs: (errorMs * Math.sqrt(10)) / Math.sqrt(rounds), degrees: rounds - 1 },
              asked,
            );
          expect(visibleWith(expected)).toBeLessThanOrEqual(2 + 1e-9);
          // Telling equality takes a little more than seeing the margin, hence the room of a fifth.
          if (expected > 7) expect(visibleWith(Math.floor(expected * 0.8))).toBeGreaterThan(2);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a pilot that differs twice as much asks for four times the rounds", () => {
    const needed = (errorMs: number) => roundsNeeded({ deltaMs: 0, errorMs, degrees: 9 }, 10, 1, assurance).expected;
    expect(needed(4) / needed(2)).toBeCloseTo(4, 1);
  });

  test("a margin no run could ever see asks for more rounds than fit 32 bits, and is told at once", () => {
    const needed = (marginMs: number) => roundsNeeded({ deltaMs: 0, errorMs: 900, degrees: 5 }, 6, marginMs, assurance);
    for (const marginMs of [0.1, 0.01, 0.001]) expect(needed(marginMs).expected).toBeGreaterThan(2 ** 24);
    expect(needed(0.001).expected / needed(0.002).expected).toBeCloseTo(4, 2);
  });
});
