import "../../support/fuzz.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "#core/patterns/index.ts";
import { pattern, text } from "./arbitrary.ts";

function compiled(pattern: string): { readonly isIn: (text: string) => boolean; readonly plain: string } {
  const made = compilePattern(pattern);
  if (made.kind === "refused") throw new Error(`${pattern}: expected ${made.expected}`);
  return made;
}

function native(source: string): RegExp | null {
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}

describe("a pattern", () => {
  test("is found where JavaScript finds it, in its own words and in the plain ones", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 8 }), (source, texts) => {
        const expected = native(source);
        const made = compilePattern(source);
        if (made.kind === "refused") {
          expect([source, expected === null || source.length > 200]).toEqual([source, true]);
          return;
        }
        const plain = new RegExp(made.plain);
        for (const one of texts) {
          const wanted = expected?.test(one);
          expect([source, one, made.isIn(one), plain.test(one)]).toEqual([source, one, wanted, wanted]);
        }
      }),
      { numRuns: fc.readConfigureGlobal().numRuns ?? 3000 },
    );
  });

  test.each([
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "(.*a){12}$",
    "(?:.*?,){11}P",
    "a.*a.*a.*a.*a.*b",
    "^(\\w*)*\\d$",
    "(a?){50}a{50}b",
    "([\\s\\S]+)+\\u0000",
    "((((a*)*)*)*)*b",
  ])("%s is searched for in hostile texts in no time", { timeout: 30_000 }, (source) => {
    const { isIn } = compiled(source);
    const pattern = new RegExp(source);
    const long = "a".repeat(16_384);
    for (const one of [`${long}!`, `${"a,".repeat(8192)}!`, `${long}\n`]) expect(isIn(one)).toBe(false);
    for (const one of ["aaaa", "aaaa!", "a,a,a", "aab"]) expect(isIn(one)).toBe(pattern.test(one));
  });

  test("that leads to more states than are kept is still found where it is", () => {
    // Whether the 12th unit from the end is an a: 4096 states.
    const { isIn } = compiled("^[ab]*a[ab]{11}$");
    const pattern = /^[ab]*a[ab]{11}$/;
    const texts = fc.sample(fc.array(fc.constantFrom("a", "b"), { maxLength: 400 }), { numRuns: 400, seed: 1 });
    for (const parts of texts) expect(isIn(parts.join(""))).toBe(pattern.test(parts.join("")));
  });

  test.each<[string, string]>([
    ["(", "JavaScript's"],
    ["[b-a]", "JavaScript's"],
    ["(?=a)b", "look-around ((?=a))"],
    ["^(?!.*error)", "look-around"],
    ["(?<=a)b", "look-around"],
    ["(a)\\1", "references back (\\1)"],
    ["(?<n>a)\\k<n>", "references back"],
    ["(a)(a)(a)(a)(a)(a)(a)(a)\\8", "references back (\\8)"],
    ["a{1001}", "too long"],
    ["(a{100}){100}", "too long"],
    ["(?:){100000000}", "too long"],
    ["(".repeat(200) + ")".repeat(200), "at most 100 groups"],
    ["a".repeat(1001), "at most 1000 characters"],
  ])("%.30s is refused in words", (source, says) => {
    expect(compilePattern(source)).toEqual({ kind: "refused", expected: expect.stringContaining(says) });
  });
});
