import { describe, expect, test } from "vitest";
import { eachOnce, pastRunOf } from "#core/reporters/history/past-run.ts";
import { junit } from "#core/reporters/junit.ts";
import { readReport } from "#core/reporters/read-report.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { headline } from "#core/reporters/words.ts";
import { historyOf, nightlyCheck, nightlyRun, nights } from "../../../support/history-runs.ts";

const seriesOf = (report: RunReport, metric: string) => report.history?.series.find((one) => one.metric === metric);

describe("the history of a load", () => {
  const slower = historyOf(nights(30, 20).map((night) => nightlyRun(night)));

  test("tells from which run on it is slower, by how much, and at which quantile", () => {
    expect(slower.verdict).toBe("fail");
    const [change, ...others] = seriesOf(slower, "p99")?.changes ?? [];
    expect(others).toEqual([]);
    expect(change).toMatchObject({ run: 20, direction: "worse", alongside: [] });
    expect(change?.before).toBeCloseTo(12, 0);
    expect(change?.after).toBeCloseTo(16, 0);
    expect(seriesOf(slower, "p50")?.changes).toEqual([]);
    expect(headline(slower)).toContain("with the run of 2026-10-21 03:00");
  });

  test("is a report like any other: read again, and in every document", () => {
    expect(readReport(JSON.stringify(slower)).kind).toBe("report");
    expect(junit.render(slower)).toMatch(
      /<testcase name="p99" classname="orders-alb.steady"[^>]*>\s*<failure type="got-worse"/,
    );
  });

  test("passes where nothing changed, and where it got better", () => {
    expect(historyOf(nights(30, null).map((night) => nightlyRun(night))).verdict).toBe("pass");
    const faster = nights(30, null).map((one) => (one.night < 15 ? { ...one, p50: one.p50 * 2 } : one));
    const report = historyOf(faster.map((night) => nightlyRun(night)));
    expect(report.verdict).toBe("pass");
    expect(seriesOf(report, "p50")?.changes[0]).toMatchObject({ run: 15, direction: "better" });
  });

  test("passes once what got worse has been mended", () => {
    const spell = nights(40, null).map((one) =>
      one.night >= 12 && one.night < 24 ? { ...one, p99: one.p99 * 2 } : one,
    );
    const report = historyOf(spell.map((night) => nightlyRun(night)));
    expect(seriesOf(report, "p99")?.changes.map(({ run, direction }) => [run, direction])).toEqual([
      [12, "worse"],
      [24, "better"],
    ]);
    expect(report.verdict).toBe("pass");
  });

  test("puts runs in the order of their start, in whatever order they are named", () => {
    const reports = nights(30, 20)
      .map((night) => nightlyRun(night))
      .toReversed();
    expect(seriesOf(historyOf(reports), "p99")?.changes[0]?.run).toBe(20);
  });

  test("counts a run once that is there twice, as it was rendered last; shards and what they became are no such", () => {
    const runs = nights(12, null).map((night) => pastRunOf(`run-${night.night}`, nightlyRun(night)));
    const [first] = nights(1, null).map((night) => nightlyRun(night));
    if (first === undefined) throw new Error("no night");
    const whole = { ...first, loads: first.loads.map((load) => ({ ...load, rate: 400 })) };
    const { runs: once, again } = eachOnce([...runs, pastRunOf("again", first), pastRunOf("whole", whole)]);
    expect(again).toBe(1);
    expect(once.map(({ name }) => name)).toEqual(["again", ...runs.slice(1).map(({ name }) => name), "whole"]);
  });

  test("does not call many runs few where they are of different loads", () => {
    const rates = [100, 200, 300, 400];
    const report = historyOf(nights(12, null).map((one) => nightlyRun(one, { rate: rates[one.night % 4] ?? 0 })));
    expect(report.verdict).toBe("inconclusive");
    expect(headline(report)).toBe("Inconclusive: of 12 runs, too few have the same figure to see a change in.");
  });

  test("decides nothing by what changed before --since", () => {
    const reports = nights(30, 12).map((night) => nightlyRun(night));
    expect(historyOf(reports).verdict).toBe("fail");
    expect(historyOf(reports, Date.UTC(2026, 9, 25)).verdict).toBe("pass");
  });

  test("blames no target for what came with another zone", () => {
    const reports = nights(30, 20).map((night) => {
      const run = nightlyRun(night);
      return { ...run, vantage: { ...run.vantage, az: night.night < 20 ? "euw1-az1" : "euw1-az2" } };
    });
    const report = historyOf(reports);
    expect(seriesOf(report, "p99")?.changes[0]?.alongside).toEqual(["az: euw1-az1 → euw1-az2"]);
    expect(report.verdict).toBe("pass");
  });

  test("does not take zones that runs have in turn for the reason", () => {
    const reports = nights(30, 20).map((night) => {
      const run = nightlyRun(night);
      return { ...run, vantage: { ...run.vantage, az: `euw1-az${night.night % 2}` } };
    });
    expect(seriesOf(historyOf(reports), "p99")?.changes[0]?.alongside).toEqual([]);
  });

  test("keeps loads of another rate apart, and does not call that a change", () => {
    const reports = nights(30, 15).map((night) => nightlyRun(night, { rate: night.night < 15 ? 200 : 400 }));
    expect(historyOf(reports).history?.series.filter(({ metric }) => metric === "p99")).toHaveLength(2);
    expect(historyOf(reports).verdict).toBe("pass");
  });

  test("leaves out what a saturated generator measured, and says so", () => {
    const reports = nights(30, 20).map((night) => nightlyRun(night, { saturated: night.night >= 20 }));
    const report = historyOf(reports);
    expect(seriesOf(report, "p99")?.points).toHaveLength(20);
    expect(report.history?.warnings.join(" ")).toContain("Of 10 runs not all is shown");
  });

  test("sees that requests began to fail, where none had", () => {
    const reports = nights(30, null).map((one) => nightlyRun({ ...one, failed: one.night < 22 ? 0 : 300 + one.night }));
    expect(seriesOf(historyOf(reports), "failures")?.changes[0]).toMatchObject({
      run: 22,
      before: 0,
      direction: "worse",
    });
  });

  test("is inconclusive of a few runs", () => {
    const report = historyOf(nights(4, null).map((night) => nightlyRun(night)));
    expect(report.verdict).toBe("inconclusive");
    expect(headline(report)).toBe("Inconclusive: 4 runs are too few to see a change in.");
  });
});

describe("the history of checks", () => {
  test("fails while a target fails that had passed, and says since when and why", () => {
    const report = historyOf([0, 1, 2, 3].map((night) => nightlyCheck(night, night > 1)));
    expect(report.verdict).toBe("fail");
    expect(headline(report)).toMatch(/has failed its checks since 2026-10-03 03:00 \([a-z-]+\), 2 runs in a row\.$/);
  });

  test("passes once it passes again", () => {
    expect(historyOf([0, 1, 2].map((night) => nightlyCheck(night, night === 1))).verdict).toBe("pass");
  });
});
