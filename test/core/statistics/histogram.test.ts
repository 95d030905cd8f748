import { deflateSync } from "node:zlib";
import fc from "fast-check";
import * as hdr from "hdr-histogram-js";
import { describe, expect, test } from "vitest";
import { createHistogram } from "#core/statistics/histogram.ts";
import { encodeHistogram } from "#core/statistics/histogram-bytes.ts";
import { highestMicros, slotCount, slotOf, valuesOf } from "#core/statistics/histogram-layout.ts";
import { ms } from "#core/units.ts";

const durations = fc.array(fc.double({ min: 0.001, max: 3_600_000, noNaN: true }), { minLength: 1, maxLength: 300 });
const filled = (values: readonly number[]) => {
  const histogram = createHistogram();
  for (const value of values) histogram.record(ms(value));
  return histogram;
};

/** The peers' way of compressing: cookie, length, deflated V2. */
function toBase64(bytes: Uint8Array): string {
  const deflated = deflateSync(bytes);
  const head = Buffer.alloc(8);
  head.writeInt32BE(0x1c849304 | 0x10, 0);
  head.writeInt32BE(deflated.length, 4);
  return Buffer.concat([head, deflated]).toString("base64");
}

describe("histogram", () => {
  test("every value falls into the slot whose values hold it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: highestMicros }), (micros) => {
        const { lowest, width } = valuesOf(slotOf(micros));
        expect(micros).toBeGreaterThanOrEqual(lowest);
        expect(micros).toBeLessThan(lowest + width);
        expect(width).toBeLessThanOrEqual(Math.max(1, micros / 1000));
      }),
    );
    expect(slotOf(highestMicros)).toBe(slotCount - 1);
  });

  test("quantiles are within 0.1 % (or half a microsecond) of the sorted samples'", () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
        const got = filled(values).quantile(q) ?? Number.NaN;
        expect(Math.abs(got - exact)).toBeLessThanOrEqual(Math.max(0.001, exact * 0.001));
      }),
    );
  });

  test("merging is the same as recording everything in one", () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        const merged = filled(a);
        merged.merge(filled(b));
        const whole = filled([...a, ...b]);
        expect([...merged.slots()]).toEqual([...whole.slots()]);
        expect(merged.count).toBe(whole.count);
        expect(merged.max()).toBe(whole.max());
        expect(merged.mean()).toBeCloseTo(whole.mean() ?? Number.NaN, 6);
      }),
    );
  });

  test("an empty one has no numbers, and merges as nothing", () => {
    const empty = createHistogram();
    expect([empty.mean(), empty.min(), empty.max(), empty.quantile(0.5)]).toEqual([null, null, null, null]);
    const one = filled([5]);
    one.merge(empty);
    expect(one.count).toBe(1);
    expect(() => empty.quantile(1.5)).toThrow(RangeError);
  });

  test("HdrHistogram's own decoder reads what it encodes, count for count", () => {
    fc.assert(
      fc.property(durations, (values) => {
        const ours = filled(values);
        const theirs = hdr.decodeFromCompressedBase64(toBase64(encodeHistogram(ours)));
        expect(theirs.totalCount).toBe(ours.count);
        for (const percentile of [50, 90, 99, 99.9]) {
          const got = theirs.getValueAtPercentile(percentile) / 1000;
          const own = ours.quantile(percentile / 100) ?? Number.NaN;
          expect(Math.abs(got - own)).toBeLessThanOrEqual(Math.max(0.001, own * 0.001));
        }
      }),
      { numRuns: 30 },
    );
  });
});
