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
  test("share a row, the others named after the first; what is in trouble has its own", () => {
    const section = signatures(signedAt(4, 2));
    expect(section.match(/<th scope=row>/g)).toHaveLength(2);
    expect(section).toContain(
      "<a href=#target-orders-0>orders-0</a><p class=also>and <a href=#target-orders-1>orders-1</a>, <a href=#target-orders-3>orders-3</a></p>",
    );
  });

  test("are folded where they are many, and none is left out", () => {
    const section = signatures(signedAt(30, 7));
    expect(section.match(/<th scope=row>/g)).toHaveLength(2);
    expect(section).toContain("<summary>and 28 others</summary>");
    expect(section.match(/href=#target-orders-\d+/g)).toHaveLength(30);
  });

  test("come together in the order in which the first of each came", () => {
    expect(groupBy(["b1", "a1", "b2"], (word) => word.slice(0, 1))).toEqual([["b1", "b2"], ["a1"]]);
  });
});
