import { expect, test } from "vitest";
import { type ComparisonOutcome, comparisonVerdict, failingSentence } from "#core/verdicts/comparison-verdict.ts";

type Answer = ComparisonOutcome["pairs"][number]["verdict"];

const pairs = (...answers: readonly (readonly [a: string, b: string, verdict: Answer])[]) =>
  answers.map(([a, b, verdict]) => ({ a, b, connections: "reused", verdict }));

const outcome = (over: Partial<ComparisonOutcome>): ComparisonOutcome => ({
  pairs: [],
  failing: [],
  doubts: [],
  ...over,
});

test.each([
  ["every pair has an answer at one quantile", pairs(["a", "b", "faster"], ["a", "b", "inconclusive"]), "pass"],
  ["an absence of difference is an answer", pairs(["a", "b", "equivalent"]), "pass"],
  ["one pair has none", pairs(["a", "b", "faster"], ["a", "c", "inconclusive"]), "inconclusive"],
  ["nothing was compared", pairs(), "inconclusive"],
] as const)("%s", (_, asked, verdict) => {
  expect(comparisonVerdict(outcome({ pairs: asked }))).toBe(verdict);
});

test("a doubt about the whole leaves nothing better than inconclusive, and a target that failed is a failure", () => {
  const answered = pairs(["a", "b", "faster"]);
  expect(comparisonVerdict(outcome({ pairs: answered, doubts: ["it was interrupted"] }))).toBe("inconclusive");
  expect(comparisonVerdict(outcome({ pairs: answered, failing: ["a"], doubts: ["it was interrupted"] }))).toBe("fail");
});

test("what failing costs is said with the most frequent cause", () => {
  const failures = { "tcp-reset": 3, "response-timeout": 9 };
  expect(failingSentence({ target: "orders", connections: "cold", requests: 100, failures })).toBe(
    "orders failed 12 of 100 requests on cold connections (mostly response-timeout): it cannot be compared, for what it answered is not what it was asked.",
  );
});
