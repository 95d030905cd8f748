import { assembleAcross } from "#core/reporters/across/assemble-across.ts";
import type { ComparableRun } from "#core/reporters/across/comparable-run.ts";
import { curvePoints } from "#core/reporters/curve-points.ts";
import type { ReportedLoad, RunReport } from "#core/reporters/run-report.ts";
import { createHistogram, type Histogram } from "#core/statistics/histogram.ts";
import { ms } from "#core/units.ts";
import { makeLoad, makeLoadReport } from "./load-report.ts";
import { hostile } from "./report.ts";

/** Twelve seconds of 200 answers each, a little slower every second. */
export function blocksAt(levelMs: number): readonly Histogram[] {
  return Array.from({ length: 12 }, (_, second) => {
    const block = createHistogram();
    for (let request = 0; request < 200; request++) block.record(ms(levelMs + request / 100 + second / 50));
    return block;
  });
}

function merged(blocks: readonly Histogram[]): Histogram {
  const whole = createHistogram();
  for (const block of blocks) whole.merge(block);
  return whole;
}

export function comparableRun(
  name: string,
  startedAtMs: number,
  levelMs: number,
  over: Partial<ReportedLoad> = {},
): ComparableRun {
  const blocks = blocksAt(levelMs);
  const load = makeLoad({ curves: { service: curvePoints(merged(blocks)), response: null }, ...over });
  return {
    ...{ name, startedAtMs, plan: null },
    report: makeLoadReport({ loads: [load], interrupted: false }),
    subjects: [{ load, service: blocks, response: [] }],
  };
}

export const acrossReport = (
  sides: Parameters<typeof assembleAcross>[0]["sides"],
  marginMs: number | null = null,
): RunReport => assembleAcross({ sides, marginMs, madeAt: "2026-11-25T20:00:00.000Z" });

/** A run before a change and one after it, which is no proof of what the change did. */
export function makeAcrossReport(): RunReport {
  const short = { seconds: [], durationMs: 12_000, requests: 2400, failures: {} };
  const [before, after] = [
    comparableRun("before", 1, 10, short),
    comparableRun("after", 2, 12, { ...short, rate: 100, achievedRate: 99.97 }),
  ];
  return acrossReport(
    [
      { name: "before", runs: [before] },
      { name: "after", runs: [after] },
    ],
    1,
  );
}

/** Hostile text in every name that a folder, a config or another tool's file could bear. */
export function hostileAcrossReport(): RunReport {
  const report = makeAcrossReport();
  const { across } = report;
  if (across === undefined) return report;
  return {
    ...report,
    loads: report.loads.map((load) => ({ ...load, load: hostile, target: hostile })),
    across: {
      ...across,
      warnings: [hostile],
      sides: across.sides.map((side) => ({ ...side, name: hostile })),
      differing: [{ fact: hostile, values: [hostile, hostile] }],
      pairs: across.pairs.map((pair) => ({ ...pair, target: hostile, a: hostile, b: hostile, warnings: [hostile] })),
    },
  };
}
