import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html } from "#core/reporters/html.ts";
import { reporters, reportersFor } from "#core/reporters/index.ts";
import { json } from "#core/reporters/json.ts";
import { junit } from "#core/reporters/junit.ts";
import { reportSchema } from "#core/reporters/report-schema.ts";
import type { ReportedTarget } from "#core/reporters/run-report.ts";
import { summaryMd } from "#core/reporters/summary-md.ts";
import { type Paint, renderTerminal } from "#core/reporters/terminal.ts";
import { thresholdSentence } from "#core/reporters/threshold-words.ts";
import { headline } from "#core/reporters/words.ts";
import { hostileAcrossReport, makeAcrossReport } from "../../support/across-report.ts";
import { makeCompareReport } from "../../support/compare-report.ts";
import { makeForeignReport } from "../../support/foreign-report.ts";
import { expectGolden } from "../../support/golden.ts";
import { makeHistory } from "../../support/history-runs.ts";
import { hostileKeepaliveReport, keepaliveReport } from "../../support/keepalive-report.ts";
import {
  briefLoadReport,
  hostileLoadReport,
  makeLoad,
  makeLoadReport,
  makeThreshold,
  saturatedReport,
} from "../../support/load-report.ts";
import { failedCheck, hostileReport, makeCheck, makeReport } from "../../support/report.ts";

/** A report whose targets came through `Partial` is whole again. */
const whole = (target: Partial<ReportedTarget>): ReportedTarget => ({
  id: "",
  kind: "lattice",
  origin: "https://orders.example.internal",
  auth: "iam",
  ...target,
});

const same = (text: string): string => text;
const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

describe("reporters", () => {
  test.each(reportersFor(makeReport()).map((reporter) => [reporter.fileName, reporter] as const))(
    "%s is as committed",
    (name, reporter) => {
      expectGolden(`reporters/${name}`, reporter.render(makeReport()));
    },
  );

  test("the terminal view is as committed", () => {
    expectGolden("reporters/terminal.txt", renderTerminal(makeReport(), { paint: plain, columns: 100 }));
  });

  test.each(reportersFor(briefLoadReport()).map((reporter) => [reporter.fileName, reporter] as const))(
    "%s of a load is as committed",
    (name, reporter) => {
      expectGolden(`reporters/run/${name}`, reporter.render(briefLoadReport()));
    },
  );

  test("the terminal view of a load is as committed, and fits 80 columns", () => {
    const view = renderTerminal(briefLoadReport(), { paint: plain, columns: 80 });
    expectGolden("reporters/run/terminal.txt", view);
    expect(Math.max(...view.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test.each([html, json, junit, summaryMd].map((reporter) => [reporter.fileName, reporter] as const))(
    "%s of a comparison is as committed",
    (name, reporter) => {
      expectGolden(`reporters/compare/${name}`, reporter.render(makeCompareReport()));
    },
  );

  test("the terminal view of a comparison is as committed", () => {
    expectGolden("reporters/compare/terminal.txt", renderTerminal(makeCompareReport(), { paint: plain, columns: 100 }));
  });

  // Their JSON holds whole loads of several runs, which have goldens of their own.
  test.each(
    [html, junit, summaryMd].flatMap((reporter) => [
      ["saved runs side by side", "across", reporter.fileName, reporter, makeAcrossReport()] as const,
      ["another tool's load", "foreign", reporter.fileName, reporter, makeForeignReport()] as const,
    ]),
  )("of %s: %s/%s is as committed", (_, folder, name, reporter, report) => {
    expectGolden(`reporters/${folder}/${name}`, reporter.render(report));
  });

  test.each([
    ["saved runs side by side", "across", makeAcrossReport()],
    ["another tool's load", "foreign", makeForeignReport()],
  ])("the terminal view of %s is as committed, and fits 80 columns", (_, folder, report) => {
    const view = renderTerminal(report, { paint: plain, columns: 80 });
    expectGolden(`reporters/${folder}/terminal.txt`, view);
    expect(Math.max(...view.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  const plainReporters = reportersFor(keepaliveReport()).filter(({ format }) => format !== "html");
  test.each(plainReporters.map((reporter) => [reporter.fileName, reporter] as const))(
    "%s of a measurement of connections is as committed",
    (name, reporter) => {
      expectGolden(`reporters/keepalive/${name}`, reporter.render(keepaliveReport()));
    },
  );

  test("the terminal view of connections is as committed, fits 80 columns, and the report keeps to its schema", () => {
    const view = renderTerminal(keepaliveReport(), { paint: plain, columns: 80 });
    expectGolden("reporters/keepalive/terminal.txt", view);
    expect(Math.max(...view.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
    const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(reportSchema());
    validate(JSON.parse(json.render(keepaliveReport())));
    expect(validate.errors).toBeNull();
    expect(html.render(keepaliveReport())).toContain("<td>336 s to 364 s<td>silent<td>flow (L4)");
  });

  test.each(
    reporters
      .filter(({ format }) => format === "markdown" || format === "junit")
      .map((one) => [one.fileName, one] as const),
  )("%s of runs over time is as committed", (name, reporter) => {
    expectGolden(`reporters/history/${name}`, reporter.render(makeHistory()));
  });

  test("the terminal view of runs over time is as committed, and the report keeps to its schema", () => {
    expectGolden("reporters/history/terminal.txt", renderTerminal(makeHistory(), { paint: plain, columns: 100 }));
    const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(reportSchema());
    validate(JSON.parse(json.render(makeHistory())));
    expect(validate.errors).toBeNull();
  });

  test("what is said of the generator at every target is said once, wherever it is told", () => {
    const said = "The load was ended after 3 s of 20 s.";
    const loads = makeLoadReport().loads.map((load) => ({ ...load, generator: [said, `Of ${load.target} alone.`] }));
    const report = makeLoadReport({ loads });
    const views = [
      renderTerminal(report, { paint: plain, columns: 100 }),
      summaryMd.render(report),
      html.render(report),
    ];
    for (const view of views) {
      expect(view.split(said).length).toBe(2);
      expect(view.split("Of orders-alb alone.").length).toBe(2);
    }
  });

  test("the terminal names the targets that are well in one breath when there are many", () => {
    const targets = Array.from({ length: 40 }, (_, index) => ({ ...makeReport().targets[0], id: `orders-${index}` }));
    const checks = targets.map(({ id }, index) =>
      index === 7 ? failedCheck({ target: id }) : makeCheck({ target: id }),
    );
    const view = renderTerminal(makeReport({ targets: targets.map(whole), checks }), { paint: plain, columns: 100 });
    expect(view).toContain("39 targets without trouble");
    expect(view).toContain("✗ orders-7 ");
    expect(view.split("\n").length).toBeLessThan(30);
  });

  test("every reporter writes to a file of its own", () => {
    expect(new Set(reporters.map(({ fileName }) => fileName)).size).toBe(reporters.length);
  });

  test("no reporter throws on a run without targets or checks", () => {
    const empty = makeReport({ targets: [], checks: [], verdict: "skipped" });
    for (const reporter of reporters) expect(reporter.render(empty)).not.toBe("");
    expect(renderTerminal(empty, { paint: plain, columns: 80 })).toContain("No check was carried out");
  });

  test("text from the wire never reaches the terminal as an escape", () => {
    const view = renderTerminal(hostileReport(), { paint: plain, columns: 100 });
    expect([...view].filter((character) => character < " " && character !== "\n")).toEqual([]);
    expect(view).toContain("\\x1b[31mred");
  });

  test.each([
    ["checks", hostileReport()],
    ["loads", hostileLoadReport()],
    ["connections", hostileKeepaliveReport()],
    ["saved runs", hostileAcrossReport()],
  ])("text from the wire stays text in the Markdown of %s", (_, report) => {
    const markdown = summaryMd.render(report);
    expect(markdown).not.toMatch(/<script|<img|@everyone/);
  });

  test.each([
    ["checks", hostileReport()],
    ["loads", hostileLoadReport()],
    ["connections", hostileKeepaliveReport()],
    ["saved runs", hostileAcrossReport()],
  ])("text from the wire stays text in the HTML of %s, and only https sources become links", (_, report) => {
    const page = html.render(report);
    expect(page).not.toMatch(/<script>(?!"use strict")|<img|href="javascript/);
    expect(page).toContain("&lt;script&gt;");
  });

  test("the terminal view of a load holds no escape from a config or a machine", () => {
    const view = renderTerminal(hostileLoadReport(), { paint: plain, columns: 100 });
    expect([...view].filter((character) => character < " " && character !== "\n")).toEqual([]);
  });

  test("report.json of a load, of checks and of a comparison is what its published schema says", () => {
    const validate = new Ajv2020({ strict: true, strictTuples: false, formats: { "date-time": true } }).compile(
      reportSchema(),
    );
    for (const report of [makeReport(), makeLoadReport(), saturatedReport(), briefLoadReport(), makeCompareReport()]) {
      validate(JSON.parse(json.render(report)));
      expect(validate.errors).toBeNull();
    }
  });

  test("junit.xml counts thresholds, and calls a saturated generator an error even where there is no threshold", () => {
    expect(junit.render(makeLoadReport())).toContain('tests="6" failures="1" errors="1" skipped="0"');
    expect(junit.render(saturatedReport())).toContain('<error type="generator-saturated"');
  });

  test("junit.xml holds no character that XML forbids, whatever the texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const xml = junit.render(
          makeReport({ checks: [failedCheck({ summary: text }), makeCheck({ verdict: "skipped", summary: text })] }),
        );
        const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
        expect(forbidden.test(xml)).toBe(false);
        expect(xml.match(/<testcase /g)?.length).toBe(2);
      }),
    );
  });
});

describe("headline", () => {
  test("names the first failure of a failed run", () => {
    expect(headline(makeReport())).toBe(
      "1 of 2 targets failed. First: orders-lattice, the service's auth policy does not allow the call.",
    );
  });

  test("says that an interrupted run is not the whole", () => {
    expect(headline(makeReport({ interrupted: true }))).toMatch(/^Interrupted before the end/);
  });

  test("tells passed checks from those that did not apply", () => {
    const report = makeReport({ verdict: "pass", checks: [makeCheck(), makeCheck({ verdict: "skipped" })] });
    expect(headline(report)).toBe(
      "Both targets are reachable, private and answer as they should: 1 check passed, 1 did not apply.",
    );
  });

  test("of a load that broke a threshold says which, how far off, and how many more", () => {
    expect(headline(makeLoadReport())).toBe("p99 of orders-alb is 59.5 ms, over 50 ms; 1 of 4 thresholds failed.");
  });

  test("of a load that failed by a count begins as a sentence does", () => {
    const broken = makeThreshold({ rule: "failures == 0", observed: "12 of 60000", verdict: "fail" });
    expect(headline(makeLoadReport({ thresholds: [broken] }))).toBe(
      "Failures at orders-lattice are 12 of 60000, not 0.",
    );
  });

  test("of a load that held says how much that rests on", () => {
    const report = makeLoadReport({
      verdict: "pass",
      thresholds: [makeThreshold(), makeThreshold({ rule: "stale == 0" })],
    });
    expect(headline(report)).toBe("All 2 thresholds held: 119,982 requests to 2 targets, 12 failed (0.01%).");
  });

  test("of a load without thresholds does not call it held", () => {
    expect(headline(makeLoadReport({ verdict: "pass", thresholds: [], loads: [makeLoad({ failures: {} })] }))).toBe(
      "No threshold was set: 59,982 requests to one target, none failed.",
    );
  });

  test("of a saturated generator says so and why", () => {
    expect(headline(saturatedReport())).toBe(
      "Inconclusive: the generator itself was the bottleneck at orders-lattice. This machine's CPU was 98% busy.",
    );
  });

  test("of a run that never came to a load speaks of loads", () => {
    expect(headline(makeLoadReport({ verdict: "skipped", loads: [], thresholds: [] }))).toBe("No load was made.");
  });

  test.each([
    [
      makeThreshold({ rule: "p99 < 250ms", observed: "250 ms", verdict: "fail" }),
      "p99 of orders-lattice is 250 ms, not under 250 ms",
    ],
    [
      makeThreshold({ rule: "failures < 100%", observed: "100 % (300 of 300)", verdict: "fail" }),
      "failures at orders-lattice are 100 % (300 of 300), not under 100%",
    ],
    [
      makeThreshold({ rule: "reuse > 99%", observed: "97.2%", verdict: "fail" }),
      "connection reuse at orders-lattice is 97.2%, under 99%",
    ],
    [
      makeThreshold({ rule: "stale == 0", observed: "3", verdict: "fail" }),
      "stale reuses at orders-lattice are 3, not 0",
    ],
    [
      makeThreshold({ rule: "failures < 0.1%", observed: "0.4%", verdict: "fail" }),
      "failures at orders-lattice are 0.4%, over 0.1%",
    ],
    [
      makeThreshold({ rule: "p95 < baseline * 1.1", observed: "no baseline", verdict: "inconclusive" }),
      "p95 < baseline * 1.1 of orders-lattice could not be judged: no baseline",
    ],
    [
      makeThreshold({
        rule: "response p95 < baseline * 1.1",
        observed: "31 ms; the baseline has 20 ms, so the limit is 22 ms",
        verdict: "fail",
      }),
      "response p95 of orders-lattice is 31 ms, over baseline * 1.1; the baseline has 20 ms, so the limit is 22 ms",
    ],
    [makeThreshold(), "p99 of orders-lattice is 25.9 ms, as asked (p99 < 50ms)"],
  ])("%# reads a threshold aloud", (threshold, sentence) => {
    expect(thresholdSentence(threshold)).toBe(sentence);
  });
});
