import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grouped, showRate, showShare, threeDigits } from "#core/reporters/show-number.ts";
import { clock, showElapsed, showForecast } from "#core/reporters/show-time.ts";

describe("numbers for people", () => {
  test.each([
    [0, "0"],
    [0.3124, "0.312"],
    [0.9996, "1.00"],
    [2.1, "2.10"],
    [9.996, "10.0"],
    [41.23, "41.2"],
    [99.96, "100"],
    [312.4, "312"],
    [12_345.6, "12,346"],
  ])("%d ms has three digits: %s", (value, shown) => {
    expect(threeDigits(value)).toBe(shown);
  });

  test.each([
    [0, "0%"],
    [1, "100%"],
    [0.000_000_1, "<0.001%"],
    [0.999_999_9, ">99.999%"],
    [0.0002, "0.02%"],
    [0.99996, "99.996%"],
    [0.5, "50%"],
    [0.123, "12.3%"],
  ])("a share of %d is %s", (share, shown) => {
    expect(showShare(share)).toBe(shown);
  });

  test("what is neither nothing nor all is never shown as such", () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 1 - Number.EPSILON, noNaN: true }), (share) => {
        expect(["0%", "100%"]).not.toContain(showShare(share));
      }),
    );
  });

  test("thousands are grouped, in rates too", () => {
    expect([grouped(1_234_567), grouped(999), showRate(199.94), showRate(12_345.6)]).toEqual([
      "1,234,567",
      "999",
      "199.9",
      "12,346",
    ]);
  });

  test.each([
    [0.4, "0 ms"],
    [999, "999 ms"],
    [1250, "1.3 s"],
    [59_999, "1 min"],
    [330_000, "5 min 30 s"],
    [119_700, "2 min"],
    [86_400_000, "24 h"],
  ])("%d ms took %s", (elapsed, shown) => {
    expect(showElapsed(elapsed)).toBe(shown);
  });

  test("a second of a run is shown as a clock does", () => {
    expect([clock(9), clock(90), clock(7205)]).toEqual(["0:09", "1:30", "2:00:05"]);
  });
});

test.each([
  [47_100, "48 s"],
  [150_000, "3 min"],
  [43_801_000, "12 h"],
])("a forecast of %i ms has no more digits than it is worth: %j", (ms, shown) => {
  expect(showForecast(ms)).toBe(shown);
});
