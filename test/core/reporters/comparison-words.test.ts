import { describe, expect, test } from "vitest";
import { groupSentence, pairGroups, pairSentence } from "#core/reporters/comparison-answers.ts";
import { intervalWords, signedTick } from "#core/reporters/comparison-words.ts";
import type { ReportedPair } from "#core/reporters/reported-comparison.ts";

const pair = (over: Partial<ReportedPair> = {}): ReportedPair => ({
  a: "orders-direct",
  b: "orders-alb",
  connections: "reused",
  quantile: 0.5,
  deltaMs: -1.2,
  lowMs: -1.3,
  highMs: -1.1,
  smallestVisibleMs: 0.2,
  roundsNeeded: { expected: 6, cautious: 8 },
  verdict: "faster",
  rounds: 12,
  samples: { a: 2400, b: 2400 },
  warnings: [],
  ...over,
});

describe("words of a comparison", () => {
  test.each([
    [
      [pair(), pair({ quantile: 0.9, verdict: "slower", deltaMs: 0.4, lowMs: 0.25, highMs: 0.5 })],
      "orders-direct is 1.20 ms faster than orders-alb at p50 (1.10 to 1.30 ms), 0.40 ms slower at p90 (0.25 to 0.50 ms)",
    ],
    [
      [pair({ verdict: "equivalent", quantile: 0.999, deltaMs: 0.1, lowMs: -0.2, highMs: 0.4 })],
      "orders-direct is equivalent to orders-alb at p99.9 (−0.20 to 0.40 ms)",
    ],
    [
      [pair({ verdict: "inconclusive", lowMs: -2, highMs: 3 }), pair({ quantile: 0.99, deltaMs: null })],
      "orders-direct compared with orders-alb: undecided at p50 (−2.00 to 3.00 ms), not measured enough at p99",
    ],
  ])("%# a pair at all quantiles as a sentence", (pairs, sentence) => {
    const [group, ...others] = pairGroups({ pairs });
    if (group === undefined) throw new Error("no pair");
    expect(others).toEqual([]);
    expect(groupSentence(group, false)).toBe(sentence);
    expect(groupSentence(group, true)).toBe(`${sentence} (reused connections)`);
  });

  test("a pair at one quantile is the same sentence with one clause", () => {
    expect(pairSentence(pair())).toBe("orders-direct is 1.20 ms faster than orders-alb at p50 (1.10 to 1.30 ms)");
  });

  test("a sign is never lost, and nothing is given a sign that has none", () => {
    expect([-1.5, 0, 20].map(signedTick)).toEqual(["−1.5", "0", "+20"]);
    expect(intervalWords(pair({ lowMs: null }))).toBe("–");
  });
});
