import { describe, expect, test } from "vitest";
import { groupBy } from "#core/reporters/group-by.ts";
import { html } from "#core/reporters/html.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { failedCheck, makeCheck, makeReport } from "../../support/report.ts";

/** @param troubled the number of the target whose signed request is refused */
function signedAt(count: number, troubled: number): RunReport {
  const targets = Array.from({ length: count }, (_, index) => ({
    ...{ id: `orders-${index}`, kind: "lattice", origin: "https://orders.example.internal" },
    auth: "iam" as const,
  }));
  const checks = targets.flatMap(({ id: target }, index) => [
    index === troubled
      ? failedCheck({ target })
      : makeCheck({ target, check: "signed-is-answered", group: "answer", measures: { status: 200 } }),
    makeCheck({ target, check: "unsigned-is-refused", group: "auth", measures: { status: 403 } }),
  ]);
  return makeReport({ targets, checks });
}

const signatures = (report: RunReport): string =>
  /<section aria-labelledby=signatures>.*?<\/section>/s.exec(html.render(report))?.[0] ?? "";

describe("targets that came to the same", () => {
  test("are told of a request together, what is in trouble first and with a link to what was found", () => {
    const section = signatures(signedAt(4, 2));
    expect(section.match(/<th scope=row>/g)).toHaveLength(2);
    expect(section).toContain("<a href=#orders-2--signed-is-answered>orders-2</a>");
    expect(section).toMatch(/answered with 200<\/span> <span class=meta>.*orders-0.*orders-1.*orders-3/);
    expect(section).toMatch(/refused with 403<\/span> <span class=meta>all 4</);
  });

  test("are named as one where they are many, with a link to who they are", () => {
    const page = html.render(signedAt(30, 7));
    const section = signatures(signedAt(30, 7));
    expect(section).toContain("<a href=#alike-1>orders-0 and 28 others</a>");
    expect(section).toContain("<a href=#target-orders-7>orders-7</a>");
    expect(page.match(/<tr id=target-orders-\d+>/g)).toHaveLength(30);
    expect(page).toContain("<details id=alike-1>");
  });

  test("every link of a page leads somewhere, of few targets as of many", () => {
    for (const report of [signedAt(4, 2), signedAt(30, 7), makeReport()]) {
      const page = html.render(report);
      const ids = new Set([...page.matchAll(/ id="?([^\s">]+)/g)].map(([, id]) => id));
      const links = [...page.matchAll(/ href="?#([^\s">]+)/g)].map(([, id]) => id);
      expect(links.filter((id) => !ids.has(id))).toEqual([]);
      expect(links.length).toBeGreaterThan(5);
    }
  });

  test("come together in the order in which the first of each came", () => {
    expect(groupBy(["b1", "a1", "b2"], (word) => word.slice(0, 1))).toEqual([["b1", "b2"], ["a1"]]);
  });
});
