import { describe, expect, test } from "vitest";
import { html } from "#core/reporters/html.ts";
import { comparisonOfSix, keepaliveOfTwelve, loadOfThirty, yearOfTwelve } from "../../support/large-reports.ts";

/** What mail lets through, and what opens at once. */
const bytesMax = 500_000;

/** Numbers that nobody can read: what a division by nothing, a missing field or a negative zero becomes. */
const nonsense = /\b(?:NaN|undefined|Infinity|null)\b|[^\d\w.:/-]-0[^\d.\w]/;

describe("a page of much", () => {
  test.each([
    ["a year of nights at twelve targets", yearOfTwelve],
    ["three addresses in two protocols at twelve targets", keepaliveOfTwelve],
    ["six targets in sixty rounds", comparisonOfSix],
    ["thirty targets under one load", loadOfThirty],
  ])("is less than 500 KB, and all its numbers are some: %s", (_, make) => {
    const page = html.render(make());
    expect(Buffer.byteLength(page)).toBeLessThan(bytesMax);
    const said = page.replace(/<(script|style)>.*?<\/\1>/gs, "").replace(/<[^>]*>/g, " ");
    expect(nonsense.exec(said)?.[0]).toBeUndefined();
  });
});
