import { describe, expect, test } from "vitest";
import { compareRuns, type RunSamples } from "#core/statistics/compare-runs.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import { createRandom } from "#core/statistics/random.ts";
import { ms } from "#core/units.ts";

const random = createRandom(7);

/** A run of so many seconds of 200 requests each around a level, which the run itself may have shifted. */
function run(startedAtMs: number | null, levelMs: number, seconds = 12): RunSamples {
  const blocks = Array.from({ length: seconds }, () => {
    const block = createHistogram();
    for (let request = 0; request < 200; request++) block.record(ms(levelMs + 4 * random.uniform()));
    return block;
  });
  return { startedAtMs, blocks };
}

const at = (a: readonly RunSamples[], b: readonly RunSamples[], marginMs: number | null = null) =>
  compareRuns([{ a, b, quantile: 0.5 }], marginMs)[0];

describe("saved runs", () => {
  test("one of each: the difference of these runs, and no verdict on the targets however sure it is", () => {
    const answer = at([run(2, 20)], [run(1, 10)]);
    expect(answer).toMatchObject({ kind: "measured", spread: "within", differ: true, verdict: "inconclusive" });
    expect(answer?.kind === "measured" && answer.deltaMs).toBeCloseTo(10, 0);
  });

  test("several of each, one side after the other: how much runs differ is in the interval, and still no verdict", () => {
    const a = [run(4, 20), run(5, 21), run(6, 22)];
    const b = [run(1, 10), run(2, 11), run(3, 12)];
    const answer = at(a, b);
    expect(answer).toMatchObject({ spread: "apart", verdict: "inconclusive", differ: true });
    expect(answer?.kind === "measured" && answer.highMs - answer.lowMs).toBeGreaterThan(1);
  });

  test("in turn: what drifts falls on both, and a verdict is given", () => {
    // The level goes up by 5 ms a turn: far more than the difference.
    const a = [run(1, 12), run(4, 17), run(5, 22), run(8, 27)];
    const b = [run(2, 10), run(3, 15), run(6, 20), run(7, 25)];
    const answer = at(a, b);
    expect(answer).toMatchObject({ spread: "in-turn", verdict: "slower" });
    expect(at(b, a)).toMatchObject({ verdict: "faster" });
    expect(at(a, b, 50)).toMatchObject({ verdict: "equivalent" });
    // The same runs without their order are far apart among themselves.
    const unordered = at(
      a.map((one) => ({ ...one, startedAtMs: null })),
      b,
    );
    expect(unordered).toMatchObject({ spread: "apart", differ: false, verdict: "inconclusive" });
  });

  test("too little is told in a sentence", () => {
    expect(at([run(1, 10, 3)], [run(2, 10)])).toEqual({
      kind: "too-few",
      missing: "A run is known in 3 pieces; 6 stretches of time are needed at least to tell how much they differ.",
    });
    expect(compareRuns([{ a: [run(1, 10, 6)], b: [run(2, 10)], quantile: 0.999 }], null)[0]).toEqual({
      kind: "too-few",
      missing: "A side has 1200 answers; p99.9 needs 18000 at least.",
    });
  });
});
