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

const binsOf = (seconds: readonly SecondRow[], most: number, durationMs = 3_600_000) =>
  timeBins({ seconds, durationMs }, most).bins;

describe("timeBins()", () => {
  test("leaves seconds alone when there is room for each", () => {
    const bins = binsOf([row(0), row(1, { failures: 2 })], 10);
    expect(bins.map(({ from, to, failures }) => [from, to, failures])).toEqual([
      [0, 1, 0],
      [1, 2, 2],
    ]);
  });

  test("keeps the best and the worst second of a bin, and averages no quantile", () => {
    const [bin] = binsOf([row(0, { p99: 2 }), row(1, { p99: 900, max: 1000 }), row(2, { p99: 3 })], 1);
    expect(bin).toMatchObject({ from: 0, to: 3, p99: { low: 2, high: 900 }, max: 1000, requests: 30 });
  });

  test("takes the requests of a row of many seconds for as many seconds", () => {
    const long = [row(0, { requests: 3200 }), row(32, { requests: 6400 })];
    expect(timeBins({ seconds: long, durationMs: 64_000 }, 1)).toMatchObject({
      rowSeconds: 32,
      bins: [{ from: 0, to: 64, rate: { low: 100, high: 200 }, requests: 9600 }],
    });
  });

  test("holds a last row to what of it was measured, and makes no rate of a sliver", () => {
    const bins = binsOf([row(0), row(1, { requests: 6 }), row(2, { requests: 1 })], 10, 1600);
    expect(bins.map(({ rate }) => rate?.high)).toEqual([10, expect.closeTo(10), undefined]);
  });

  test("knows a second without an answer from one with fast answers", () => {
    const [silent] = binsOf([row(0, { requests: 3, failures: 3, p50: null, p99: null, max: null })], 10);
    expect(silent).toMatchObject({ p50: null, p99: null, max: null, failures: 3 });
  });

  test("loses no request, failure or connection, whatever the length and the room", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 300 }), (count, most) => {
        const seconds = makeSeconds(count);
        const bins = binsOf(seconds, most);
        expect(bins.length).toBeLessThanOrEqual(most);
        for (const name of ["requests", "failures", "connections"] as const) {
          const all = seconds.reduce((sum, second) => sum + second[name], 0);
          expect(bins.reduce((sum, bin) => sum + bin[name], 0)).toBe(all);
        }
        expect(bins.map(({ from }) => from)).toEqual([0, ...bins.map(({ to }) => to)].slice(0, bins.length));
      }),
      { numRuns: 40 },
    );
  });
});
