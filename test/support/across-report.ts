import { assembleAcross } from "#core/reporters/across/assemble-across.ts";
import type { ComparableRun } from "#core/reporters/across/comparable-run.ts";
import type { ReportedLoad, RunReport } from "#core/reporters/run-report.ts";
import { createHistogram, type Histogram } from "#core/statistics/histogram.ts";
import { ms } from "#core/units.ts";
import { makeLoad, makeLoadReport } from "./load-report.ts";

/** Twelve seconds of 200 answers each, a little slower every second. */
export function blocksAt(levelMs: number): readonly Histogram[] {
  return Array.from({ length: 12 }, (_, second) => {
    const block = createHistogram();
    for (let request = 0; request < 200; request++) block.record(ms(levelMs + request / 100 + second / 50));
    return block;
  });
}

export function comparableRun(
  name: string,
  startedAtMs: number,
  levelMs: number,
  over: Partial<ReportedLoad> = {},
): ComparableRun {
  const load = makeLoad(over);
  return {
    ...{ name, startedAtMs, plan: null },
    report: makeLoadReport({ loads: [load], interrupted: false }),
    subjects: [{ load, service: blocksAt(levelMs), response: [] }],
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
