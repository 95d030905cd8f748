import { describe, expect, test } from "vitest";
import { blockBins } from "#core/reporters/block-bins.ts";
import type { ReportedBlock } from "#core/reporters/reported-comparison.ts";

const block = (round: number, target: string, over: Partial<ReportedBlock> = {}): ReportedBlock => ({
  round,
  pilot: false,
  target,
  connections: "reused",
  startMs: round * 10_000 + (target === "a" ? 0 : 5000),
  complete: true,
  requests: 200,
  failures: 0,
  dropped: 0,
  latencyMsP50: 2 + round,
  latencyMsP99: 20,
  lateMsP99: 0.2,
  saturated: false,
  ...over,
});

const rounds = (count: number): readonly ReportedBlock[] =>
  Array.from({ length: count }, (_, round) => [block(round, "a"), block(round, "b")]).flat();

describe("blockBins()", () => {
  test("is a round each while there is room, with each target's own value", () => {
    const bins = blockBins(rounds(3), 10);
    expect(bins.map(({ from, to, startMs }) => [from, to, startMs])).toEqual([
      [0, 0, 0],
      [1, 1, 10_000],
      [2, 2, 20_000],
    ]);
    expect(bins[1]?.targets.get("b")?.p50).toEqual({ low: 3, high: 3 });
  });

  test("puts rounds together when there are many, from the best to the worst block and never an average", () => {
    const bins = blockBins(rounds(1000), 240);
    expect(bins.length).toBeLessThanOrEqual(240);
    expect(bins[0]?.targets.get("a")?.p50).toEqual({ low: 2, high: 6 });
    expect(bins.at(-1)?.to).toBe(999);
  });

  test("leaves out what was cut short, counts failures, and tells the worst of the generator", () => {
    const bins = blockBins(
      [
        block(0, "a", { failures: 2, lateMsP99: 9, saturated: true }),
        block(0, "b", { lateMsP99: null, latencyMsP50: null }),
        block(1, "a", { complete: false }),
      ],
      10,
    );
    expect(bins).toHaveLength(1);
    expect(bins[0]).toMatchObject({ failures: 2, lateMsP99: 9, saturated: 1 });
    expect(bins[0]?.targets.get("b")?.p50).toBeNull();
  });
});
