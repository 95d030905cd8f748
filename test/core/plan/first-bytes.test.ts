import { expect, test } from "vitest";
import { firstBytes } from "#core/plan/first-bytes.ts";

test.each([
  ["abc", 9, "abc"],
  ["abcdef", 3, "abc"],
  ["ééé", 4, "éé"],
  ["ééé", 5, "éé"],
  ["a\u20acb", 3, "a"],
  ["a\u20acb", 4, "a\u20ac"],
  ["\u{1f600}\u{1f600}", 7, "\u{1f600}"],
  ["\u{1f600}", 3, ""],
])("of %j in %i bytes there is room for %j", (text, max, kept) => {
  expect(firstBytes(text, max)).toBe(kept);
  expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(max);
});
