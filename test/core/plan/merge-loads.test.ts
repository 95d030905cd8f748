import { describe, expect, test } from "vitest";
import { mergeLoads, type Shard } from "#core/plan/merge-loads.ts";
import type { LoadEnd, SavedLoad } from "#core/plan/saved-load.ts";
import { ms, perSecond } from "#core/units.ts";

const load: SavedLoad = {
  plan: {
    schema: "pathproof.load-plan/1",
    load: "steady",
    scenario: "steady",
    arrival: { kind: "open", rate: perSecond(50) },
    durationMs: ms(10_000),
    warmupMs: ms(1000),
    targets: [],
  },
  engine: "node",
  thresholds: ["p99 < 250ms"],
  baseline: {},
};

const end: LoadEnd = {
  complete: true,
  reasons: [],
  notes: [],
  cpuShare: 0.2,
  stealShare: null,
  throttledShare: null,
  endedEarly: null,
};

const shard = (name: string, over: Partial<Shard> = {}): Shard => ({ name, load, end, startedAtMs: 1000, ...over });

const planned = (over: Partial<SavedLoad["plan"]>): SavedLoad => ({ ...load, plan: { ...load.plan, ...over } });

describe("shards of a load", () => {
  test("together keep the sum of their rates, and are no better than the worst of them", () => {
    const doubtful: LoadEnd = { ...end, complete: false, reasons: ["it was interrupted"], cpuShare: 0.8 };
    const merged = mergeLoads([shard("one"), shard("two", { end: doubtful, startedAtMs: 11_500 })]);
    expect(merged).toMatchObject({
      kind: "merged",
      load: { plan: { arrival: { kind: "open", rate: 100 }, durationMs: 10_000 }, thresholds: ["p99 < 250ms"] },
      end: { complete: false, reasons: ["in two, it was interrupted"], cpuShare: 0.8 },
    });
  });

  test("of which one was killed have no end either", () => {
    expect(mergeLoads([shard("one"), shard("two", { end: null })])).toMatchObject({ kind: "merged", end: null });
  });

  test("of connections keep the sum of those", () => {
    const closed = planned({ arrival: { kind: "closed", connections: 8 } });
    expect(mergeLoads([shard("one", { load: closed }), shard("two", { load: closed })])).toMatchObject({
      load: { plan: { arrival: { kind: "closed", connections: 16 } } },
    });
  });

  test.each([
    [{ load: planned({ load: "burst" }) }, "their plans differ in the load's name"],
    [{ load: planned({ durationMs: ms(20_000) }) }, "their plans differ in their duration"],
    [{ load: planned({ arrival: { kind: "closed", connections: 2 } }) }, "one keeps a rate, the other connections"],
    [{ load: { ...load, thresholds: [] } }, "their thresholds differ"],
    [{ startedAtMs: 60_000 }, "they began 59 s apart, which is longer than the load was to last"],
  ] satisfies readonly (readonly [Partial<Shard>, string])[])(
    "%# are none where they were not one load",
    (over, why) => {
      expect(mergeLoads([shard("one"), shard("two", over)])).toEqual({
        kind: "not-shards",
        why: `one and two are no shards of one load: ${why}`,
      });
    },
  );
});
