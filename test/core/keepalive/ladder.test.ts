import fc from "fast-check";
import { expect, test } from "vitest";
import { between, ladder, resolution } from "#core/keepalive/ladder.ts";
import { ms, seconds } from "#core/units.ts";

test("rungs climb to the longest silence, with one on either side of what is expected", () => {
  const rungs = ladder(seconds(400), seconds(350));
  expect(rungs.at(0)).toBe(1000);
  expect(rungs.at(-1)).toBe(400_000);
  expect(rungs).toEqual(rungs.toSorted((a, b) => a - b));
  expect(rungs).toContain(336_000);
  expect(rungs).toContain(364_000);
});

test("no rung is longer than the longest, whatever is expected", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 86_400_000 }),
      fc.integer({ min: 1, max: 86_400_000 }),
      (longest, expected) => {
        const rungs = ladder(ms(longest), ms(expected));
        expect(Math.max(...rungs)).toBe(longest);
        expect(Math.min(...rungs)).toBeGreaterThanOrEqual(1);
        expect(rungs.length).toBeLessThanOrEqual(18);
      },
    ),
  );
});

test("the second round leaves no gap wider than 50 ms or 2 %", () => {
  const inner = between(1000, 1500);
  const all = [1000, ...inner, 1500];
  const widest = Math.max(...all.slice(1).map((gap, index) => gap - (all[index] ?? 0)));
  expect(widest).toBeLessThanOrEqual(resolution(1500));
  expect(between(1480, 1500)).toEqual([]);
});
