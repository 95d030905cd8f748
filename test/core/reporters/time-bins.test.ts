import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SecondRow } from "#core/reporters/run-report.ts";
import { timeBins } from "#core/reporters/time-bins.ts";
import { makeSeconds } from "../../support/load-report.ts";

const row = (second: number, over: Partial<SecondRow> = {}): SecondRow => ({
  second,
  requests: 10,
  failures: 0,
  connections: 0,
  p50: 1,
  p99: 2,
  max: 3,
  ...over,
});

describe("timeBins()", () => {
  test("leaves seconds alone when there is room for each", () => {
    expect(
      timeBins([row(0), row(1, { failures: 2 })], 10).map(({ from, to, failures }) => [from, to, failures]),
    ).toEqual([
      [0, 1, 0],
      [1, 2, 2],
    ]);
  });

  test("keeps the best and the worst second of a bin, and averages no quantile", () => {
    const [bin] = timeBins([row(0, { p99: 2 }), row(1, { p99: 900, max: 1000 }), row(2, { p99: 3 })], 1);
    expect(bin).toMatchObject({ from: 0, to: 3, p99: { low: 2, high: 900 }, max: 1000, requests: 30 });
  });

  test("takes a second without a row for one in which nothing happened", () => {
    const [, silent] = timeBins([row(0), row(2)], 10);
    expect(silent).toMatchObject({ requests: 0, rate: { low: 0, high: 0 }, p50: null, max: null });
    expect(timeBins([row(0), row(2)], 1)[0]?.rate).toEqual({ low: 0, high: 10 });
  });

  test("loses no request, failure or connection, whatever the length and the room", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 300 }), (count, most) => {
        const seconds = makeSeconds(count);
        const bins = timeBins(seconds, most);
        expect(bins.length).toBeLessThanOrEqual(most);
        for (const name of ["requests", "failures", "connections"] as const)
          expect(bins.reduce((sum, bin) => sum + bin[name], 0)).toBe(
            seconds.reduce((sum, second) => sum + second[name], 0),
          );
        expect(bins.map(({ from }) => from)).toEqual([0, ...bins.map(({ to }) => to)].slice(0, bins.length));
      }),
      { numRuns: 40 },
    );
  });
});
