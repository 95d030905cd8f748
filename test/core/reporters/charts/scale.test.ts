import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linearAxis, logAxis, roundAxis, timeAxis } from "#core/reporters/html/charts/scale.ts";

const labels = ({ ticks }: ReturnType<typeof timeAxis>) => ticks.map(({ label }) => label);

describe("axes", () => {
  test("a linear axis starts at zero and ends on a round number that holds the highest", () => {
    expect(labels(linearAxis(204, String))).toEqual(["0", "100", "200", "300"]);
    expect(labels(linearAxis(1, String))).toEqual(["0", "0.5", "1"]);
    expect(linearAxis(204, String).scale(300)).toBe(1);
  });

  test("an axis of differences has round ends on both sides of zero", () => {
    expect(labels(roundAxis(-1.3, 0.42, String))).toEqual(["-1.5", "-1", "-0.5", "0", "0.5"]);
    expect(roundAxis(-1.3, 0.42, String).scale(0)).toBe(0.75);
    expect(labels(roundAxis(5, 5, String))).toEqual(["4.4", "4.6", "4.8", "5", "5.2", "5.4", "5.6"]);
  });

  test("a logarithmic axis goes in ones, twos and fives, and names only tens when crowded", () => {
    expect(labels(logAxis(1.5, 18, String))).toEqual(["1", "2", "5", "10", "20"]);
    expect(labels(logAxis(1.5, 900, String)).filter((label) => label !== null)).toEqual(["1", "10", "100", "1000"]);
  });

  test("time goes in steps that a clock has", () => {
    expect(labels(timeAxis(300))).toEqual(["0", "1 min", "2 min", "3 min", "4 min", "5 min"]);
    expect(labels(timeAxis(86_400))).toEqual(["0", "4 h", "8 h", "12 h", "16 h", "20 h", "24 h"]);
    expect(labels(timeAxis(7))).toEqual(["0", "1 s", "2 s", "3 s", "4 s", "5 s", "6 s", "7 s"]);
  });

  test("every value between lies in the plot, and ticks rise", () => {
    const positive = fc.double({ min: 0.001, max: 3_600_000, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        for (const axis of [linearAxis(high, String), logAxis(low, high, String), timeAxis(high)]) {
          for (const value of [low, high, (low + high) / 2]) {
            expect(axis.scale(value)).toBeGreaterThanOrEqual(0);
            expect(axis.scale(value)).toBeLessThanOrEqual(1 + 1e-9);
          }
          const places = axis.ticks.map(({ at }) => at);
          expect(places).toEqual([...places].sort((x, y) => x - y));
          expect(places.length).toBeGreaterThanOrEqual(1);
          expect(places.length).toBeLessThanOrEqual(40);
        }
      }),
    );
  });
});
