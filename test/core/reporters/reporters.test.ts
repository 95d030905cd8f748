import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reporters } from "#core/reporters/index.ts";
import { junit } from "#core/reporters/junit.ts";
import { summaryMd } from "#core/reporters/summary-md.ts";
import { type Paint, renderTerminal } from "#core/reporters/terminal.ts";
import { headline } from "#core/reporters/words.ts";
import { expectGolden } from "../../support/golden.ts";
import { failedCheck, hostileReport, makeCheck, makeReport } from "../../support/report.ts";

const same = (text: string): string => text;
const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

describe("reporters", () => {
  test.each(reporters.map((reporter) => [reporter.fileName, reporter] as const))(
    "%s is as committed",
    (name, reporter) => {
      expectGolden(`reporters/${name}`, reporter.render(makeReport()));
    },
  );

  test("the terminal view is as committed", () => {
    expectGolden("reporters/terminal.txt", renderTerminal(makeReport(), { paint: plain, columns: 100 }));
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

  test("text from the wire stays text in Markdown", () => {
    const markdown = summaryMd.render(hostileReport());
    expect(markdown).not.toMatch(/<script|<img|@everyone/);
  });

  test("text from the wire stays text in HTML, and only https sources become links", () => {
    const page = reporters.find(({ format }) => format === "html")?.render(hostileReport()) ?? "";
    expect(page).not.toMatch(/<script|<img|href="javascript/);
    expect(page).toContain("&lt;script&gt;");
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
      "All 2 targets are reachable, private and answer as they should: 1 check passed, 1 did not apply.",
    );
  });
});
