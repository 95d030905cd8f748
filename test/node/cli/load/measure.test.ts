import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { figuresOf } from "#core/reporters/assemble-load.ts";
import { addSavedTally, type SavedTally } from "#core/statistics/saved-tally.ts";
import { createTally } from "#core/statistics/tally.ts";
import { ms } from "#core/units.ts";
import { rulesOf } from "#core/verdicts/threshold-outcome.ts";
import type { EngineFacts, EngineMeans, LoadEngine } from "#node/cli/load/engine.ts";
import { type MeasureOptions, measure } from "#node/cli/load/measure.ts";
import { packing } from "#node/cli/load/packing.ts";
import { makeSample } from "../../../core/statistics/make-sample.ts";
import { loadPlan, plannedTarget } from "../../../support/k6.ts";

const facts: EngineFacts = { thrown: 0, firstException: null, untagged: 0 };
const plan = loadPlan([plannedTarget("orders", 1), plannedTarget("stock", 2)], { durationMs: ms(60_000) });

/** Sends samples until it is stopped, or as many as it is told. */
const sending =
  (count: number, over: Parameters<typeof makeSample>[0] = {}): LoadEngine =>
  async ({ sink, signal }) => {
    for (let sent = 0; sent < count; sent++) {
      if (signal.aborted) return { kind: "interrupted", facts };
      sink.sample(makeSample({ sentAtMs: ms(sent * 10), ...over }));
      if (sent % 10 === 0) await sleep(20);
    }
    return { kind: "finished", facts };
  };

async function run(engine: LoadEngine, over: Partial<MeasureOptions> = {}) {
  const saved: SavedTally[] = [];
  const warnings: string[] = [];
  const measured = await measure({
    plan,
    engine,
    rules: rulesOf(["stale == 0", "failures < 50%"]),
    baseline: {},
    endEarly: true,
    signal: new AbortController().signal,
    save: async (lines) => void saved.push(...lines),
    onTick: () => {},
    onWarning: (line) => warnings.push(line),
    ...over,
  });
  if (measured.kind !== "measured") throw new Error(measured.message);
  return { ...measured, saved, warnings };
}

describe("measuring a load", () => {
  test("saves piece by piece what, put together, is all that was measured", async () => {
    const { tally, saved, end } = await run(sending(1000, { target: "stock" }));
    const again = createTally(plan);
    for (const line of saved) expect(addSavedTally(again, line, packing)).toBeNull();
    expect(saved.length).toBeGreaterThan(1);
    expect(again.targets.map(figuresOf)).toEqual(tally.targets.map(figuresOf));
    expect(tally.targets.map(({ counts }) => counts.requests)).toEqual([0, 1000]);
    expect(end).toMatchObject({ complete: true, reasons: [], endedEarly: null });
  });

  test("ends as soon as a threshold is broken for good, and says which and when", async () => {
    const startedAt = performance.now();
    const { end, tally, interrupted } = await run(sending(100_000, { failure: "stale-reuse-reset" }));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(end).toMatchObject({
      complete: false,
      reasons: ["the load was ended early"],
      endedEarly: { target: "orders", rule: "stale == 0" },
    });
    expect(end.notes[0]).toMatch(/^The load was ended after .*: stale == 0 at orders was \d+ of \d+, which/);
    expect(interrupted).toBe(false);
    expect(tally.targets[0]?.counts.stale).toBeGreaterThan(0);
  });

  test("goes on with a broken threshold when told to", async () => {
    const { end } = await run(sending(700, { failure: "stale-reuse-reset" }), { endEarly: false });
    expect(end.complete).toBe(true);
  });

  test("interrupted by the user keeps what was measured, and passes nothing", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const { end, interrupted, tally } = await run(sending(100_000), { signal: controller.signal });
    expect(interrupted).toBe(true);
    expect(end).toMatchObject({ complete: false, reasons: ["the run was interrupted"] });
    expect(tally.targets[0]?.counts.requests).toBeGreaterThan(0);
  });

  test("of an engine that dies keeps what was measured, and says what was said", async () => {
    const { end, tally } = await run(async ({ sink }) => {
      sink.sample(makeSample());
      return { kind: "failed", message: "k6 was killed by SIGKILL from outside.", facts };
    });
    expect(end).toMatchObject({ complete: false, reasons: ["the load ended before its time"] });
    expect(end.notes[0]).toContain("k6 was killed by SIGKILL from outside.");
    expect(tally.targets[0]?.counts.requests).toBe(1);
  });

  test("does not pass over a scenario that threw, nor over requests without a target", async () => {
    const { end } = await run(async ({ sink }) => {
      sink.sample(makeSample());
      return { kind: "finished", facts: { thrown: 2, firstException: "TypeError: x", untagged: 7 } };
    });
    expect(end.reasons).toEqual(["the scenario threw 2 times", "7 requests named no target"]);
    expect(end.notes.join(" ")).toContain("the first with: TypeError: x");
  });

  test("ends when nothing can be saved any more, and says so", async () => {
    const { end, lost } = await run(sending(100_000), {
      save: () => Promise.reject(new Error("ENOSPC: no space left on device, write")),
    });
    expect(lost).toContain("ENOSPC");
    expect(end.reasons).toEqual(["not all could be saved"]);
  });

  test("hands warnings on while it runs, and not the engine's word that it was stopped", async () => {
    const controller = new AbortController();
    const { warnings } = await run(
      async ({ sink }: EngineMeans) => {
        sink.warning("before");
        controller.abort();
        sink.warning("after");
        return { kind: "interrupted", facts };
      },
      { signal: controller.signal },
    );
    expect(warnings).toEqual(["before"]);
  });

  test("that never started measured nothing", async () => {
    const measured = await measure({
      ...{ plan, rules: [], baseline: {}, endEarly: true, signal: new AbortController().signal },
      ...{ save: async () => {}, onTick: () => {}, onWarning: () => {} },
      engine: async () => ({ kind: "not-started", message: "no k6" }),
    });
    expect(measured).toEqual({ kind: "not-started", message: "no k6" });
  });
});
