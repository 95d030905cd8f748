import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { constantSchedule, rampingSchedule, stretchesOf } from "#core/scenarios/schedule.ts";
import { type Shape, spike, staircase, steady } from "#core/scenarios/shape.ts";
import { createDueTimes } from "../../src/k6/due-time.ts";

const level = fc.double({ min: 0.01, max: 1, noNaN: true });
const shape: fc.Arbitrary<Shape> = fc
  .array(fc.record({ share: fc.constant(0.25), from: level, to: level }), { minLength: 3, maxLength: 3 })
  .chain((others) =>
    fc.record({ share: fc.constant(0.25), from: level, to: level }).map((first) => [first, ...others]),
  );

describe("the schedule", () => {
  test("of a constant rate has its first iteration at once and the others a period apart", () => {
    const { dueAtMs, dueBy } = constantSchedule(0.2);
    expect([0, 1, 2, 100].map(dueAtMs)).toEqual([0, 5, 10, 500]);
    expect([0, 4.9, 5, 501].map(dueBy)).toEqual([0, 0, 1, 100]);
  });

  // As k6 tells them of its own example in ramping_arrival_rate.go: 2/s for 5 s, then up to 3/s.
  test("of changing rates is the one k6 documents", () => {
    const { dueAtMs } = rampingSchedule([
      { durationMs: 5000, fromPerMs: 0.002, toPerMs: 0.002 },
      { durationMs: 5000, fromPerMs: 0.002, toPerMs: 0.003 },
    ]);
    expect([0, 1, 9].map(dueAtMs)).toEqual([500, 1000, 5000]);
    // The rate at t seconds into the second stage is 2 + t/5: the area is 1 where 2t + t²/10 = 1.
    expect(dueAtMs(10)).toBeCloseTo(5000 + 1000 * (-10 + Math.sqrt(110)), 6);
  });

  test("has each iteration due no later than the one after it, and says the same both ways", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 0, max: 400 }), (any, number) => {
        const schedule = rampingSchedule(stretchesOf(any, { perSecond: 100, warmupMs: 500, durationMs: 20_000 }));
        const dueMs = schedule.dueAtMs(number);
        fc.pre(schedule.dueBy(20_500) > number + 1);
        expect(schedule.dueAtMs(number + 1)).toBeGreaterThanOrEqual(dueMs);
        expect(schedule.dueBy(dueMs + 1e-6)).toBe(number);
      }),
    );
  });

  test.each([
    ["steady", steady, 1],
    ["spike", spike, 0.28],
    ["staircase", staircase, 0.545],
  ])("of the shape %s holds its share of the full rate and never more than the rate", (_name, any, share) => {
    const stretches = stretchesOf(any, { perSecond: 100, warmupMs: 0, durationMs: 100_000 });
    expect(rampingSchedule(stretches).dueBy(100_000) + 1).toBe(Math.round(share * 10_000));
    expect(Math.max(...stretches.flatMap(({ fromPerMs, toPerMs }) => [fromPerMs, toPerMs]))).toBeLessThanOrEqual(0.1);
    expect(any.reduce((sum, stage) => sum + stage.share, 0)).toBeCloseTo(1, 9);
  });
});

describe("the due time of an iteration", () => {
  const schedule = constantSchedule(0.1);

  test("is that of its number while none is dropped, however late the generator is for a moment", () => {
    const dueTime = createDueTimes(schedule);
    expect(dueTime(0, 0.2)).toBe(0);
    expect(dueTime(7, 70.3)).toBe(70);
    expect(dueTime(8, 130)).toBe(80);
    expect(dueTime(9, 131)).toBe(90);
    expect(dueTime(14, 140.1)).toBe(140);
  });

  test("is put right after iterations were dropped, which k6 gives no number", () => {
    const dueTime = createDueTimes(schedule);
    dueTime(0, 0.1);
    // From here on 50 are missing: number 1 starts at 510 ms, where number 51 would have been due.
    dueTime(1, 510.2);
    dueTime(2, 520.2);
    expect(dueTime(3, 530.2)).toBe(530);
    expect(dueTime(4, 543)).toBe(540);
  });

  test("is never in the future", () => {
    expect(createDueTimes(schedule)(10, 99.6)).toBe(99.6);
  });
});
