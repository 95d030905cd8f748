import { describe, expect, test } from "vitest";
import { intervalWords, pairClause, pairSentence, signedTick } from "#core/reporters/comparison-words.ts";
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
    [pair(), "faster by 1.20 ms (1.10 to 1.30 ms)"],
    [
      pair({ verdict: "equivalent", deltaMs: 0.1, lowMs: -0.2, highMs: 0.4 }),
      "alike within 1.00 ms (−0.200 to +0.400 ms)",
    ],
    [
      pair({ verdict: "inconclusive", lowMs: -2, highMs: 3, roundsNeeded: { expected: 46, cautious: 80 } }),
      "open (−2.00 to +3.00 ms); some 46 rounds would tell, there were 12",
    ],
    [
      pair({ verdict: "inconclusive", deltaMs: null, lowMs: null, highMs: null }),
      "too little was answered to say anything",
    ],
  ])("%# a pair at one quantile as a clause", (one, clause) => {
    expect(pairClause(one, 1)).toBe(clause);
  });

  test.each([
    [
      [pair(), pair({ quantile: 0.9 }), pair({ quantile: 0.99, verdict: "inconclusive" })],
      "orders-direct is faster than orders-alb at p50 and p90; at p99 the question stays open.",
    ],
    [[pair({ verdict: "equivalent", quantile: 0.999 })], "orders-direct and orders-alb are alike at p99.9."],
    [
      [pair({ verdict: "slower" }), pair({ quantile: 0.99, verdict: "equivalent" })],
      "orders-direct is slower than orders-alb at p50; at p99 the two are alike.",
    ],
    [[pair({ verdict: "inconclusive" })], "Between orders-direct and orders-alb the question stays open at p50."],
    [[], ""],
  ])("%# a pair at all quantiles as a sentence", (pairs, sentence) => {
    expect(pairSentence(pairs)).toBe(sentence);
  });

  test("a sign is never lost, and nothing is given a sign that has none", () => {
    expect([-1.5, 0, 20].map(signedTick)).toEqual(["−1.5", "0", "+20"]);
    expect(intervalWords(pair({ lowMs: null }))).toBe("–");
  });
});
