import { describe, expect, test } from "vitest";
import type { CompareDesign } from "#core/plan/compare-design.ts";
import { blocksOf, type CompareLane } from "#core/plan/compare-plan.ts";
import type { ComparedRounds } from "#core/plan/judge-comparison.ts";
import { pilotNeeds } from "#core/plan/pilot.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import { createRandom } from "#core/statistics/random.ts";
import type { BlockRecord } from "#core/statistics/saved-block.ts";
import { ms, perSecond, seconds } from "#core/units.ts";

const lanes: readonly CompareLane[] = ["a", "b"].map((target) => ({ id: target, target, use: "reused" }));

const design = (over: Partial<CompareDesign> = {}): CompareDesign => ({
  ...{ seed: 3, rounds: 20, pilotRounds: 10, blockMs: seconds(5), headMs: seconds(1) },
  ...{ rate: perSecond(50), connections: ["reused"], marginMs: ms(1) },
  ...over,
});

/** Blocks of so many answers, whose level differs from round to round by up to `spreadMs`; `b` is slower by as much as it is told. */
function compared(
  { answers = 200, spreadMs = 1, slowerMs = 0, roundsDone = 20 },
  over: Partial<CompareDesign> = {},
): ComparedRounds {
  const own = design(over);
  const blocks = blocksOf(own, lanes);
  const random = createRandom(11);
  const records = blocks.flatMap(({ target, round }, number): readonly BlockRecord[] => {
    if (round >= roundsDone) return [];
    const latency = createHistogram();
    const level = 10 + random.uniform() * spreadMs + (target === "b" ? slowerMs : 0);
    for (let answer = 0; answer < answers; answer++) latency.record(ms(level + random.uniform()));
    const counts = { requests: answers, failed: 0, dropped: 0, warmup: 50, opened: 0 };
    const times = { latency, response: createHistogram(), late: createHistogram() };
    return [{ number, complete: true, counts, failures: {}, times }];
  });
  return { design: own, lanes, blocks, records };
}

const needAt = (rounds: ComparedRounds, quantile: number) =>
  pilotNeeds(rounds).find((need) => need.quantile === quantile) ?? { expectedMs: null, cautiousMs: null };

/** A round is a block of five seconds for each target. */
const roundMs = 10_000;

describe("a pilot", () => {
  test("says of each quantile how long it takes, in whole rounds, and longer to be safe", () => {
    const needs = pilotNeeds(compared({}));
    expect(needs.map(({ connections, quantile }) => [connections, quantile])).toEqual([
      ["reused", 0.5],
      ["reused", 0.9],
      ["reused", 0.99],
    ]);
    const { expectedMs, cautiousMs } = needAt(compared({}), 0.5);
    expect((expectedMs ?? 0) % roundMs).toBe(0);
    expect(expectedMs).toBeGreaterThan(0);
    expect(cautiousMs).toBeGreaterThan(expectedMs ?? 0);
  });

  test("asks for longer where rounds differ more, and for a smaller margin", () => {
    const calm = needAt(compared({ spreadMs: 1 }), 0.5).expectedMs ?? 0;
    expect(needAt(compared({ spreadMs: 4 }), 0.5).expectedMs).toBeGreaterThan(calm);
    expect(needAt(compared({ spreadMs: 1 }, { marginMs: ms(0.25) }), 0.5).expectedMs).toBeGreaterThan(calm);
  });

  test("asks for no longer because there is a difference: it must not depend on what was found", () => {
    expect(needAt(compared({ slowerMs: 3 }), 0.5)).toEqual(needAt(compared({ slowerMs: 0 }), 0.5));
  });

  test("knows its own rounds alone: what was measured after them changes nothing", () => {
    const during = compared({ roundsDone: 10 });
    expect(pilotNeeds(compared({}))).toEqual(pilotNeeds(during));
  });

  test("says that it cannot tell where too little was answered", () => {
    // p99 needs 1800 answers of each target, and ten rounds of 150 are fewer.
    const few = compared({ answers: 150 });
    expect(needAt(few, 0.99)).toMatchObject({ expectedMs: null, cautiousMs: null });
    expect(needAt(few, 0.5).expectedMs).not.toBeNull();
    expect(pilotNeeds(compared({ roundsDone: 0 })).every(({ expectedMs }) => expectedMs === null)).toBe(true);
  });
});
