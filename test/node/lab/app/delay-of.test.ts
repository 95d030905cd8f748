import { describe, expect, test } from "vitest";
import { delayOf } from "#node/lab/app/delay-of.ts";
import { switchesIn } from "#node/lab/app/echo-switches.ts";

const delays = (parameters: Readonly<Record<string, string>>, count: number): readonly number[] =>
  Array.from({ length: count }, () => delayOf(switchesIn(parameters)));

describe("the delay that an answer is asked to take", () => {
  test("may be a fraction of a millisecond, and is nothing where it makes no sense", () => {
    expect(delays({ delay: "1.25" }, 2)).toEqual([1.25, 1.25]);
    expect(delays({ delay: "-5" }, 1)).toEqual([0]);
    expect(delays({ delay: "soon" }, 1)).toEqual([0]);
    expect(delays({ tail: "50" }, 1)).toEqual([0]);
  });

  test("has a tail of the share asked for, the same for the same seed", () => {
    const drawn = delays({ delay: "10", tail: "50:2", seed: "101" }, 5000);
    expect(new Set(drawn)).toEqual(new Set([10, 60]));
    const late = drawn.filter((value) => value === 60).length;
    // Five standard deviations of a binomial of 5,000 and 2 %.
    expect(Math.abs(late - 100)).toBeLessThan(50);
    // Another spelling of the same seed draws anew.
    expect(delays({ delay: "10", tail: "50:2", seed: "101.0" }, 5000)).toEqual(drawn);
    expect(delays({ delay: "10", tail: "50:2", seed: "102" }, 5000)).not.toEqual(drawn);
  });
});
