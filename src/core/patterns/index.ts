import { makeAutomaton } from "./automaton.ts";
import { beginningOf } from "./beginning.ts";
import type { Refusal } from "./pattern.ts";
import { readPattern } from "./read-pattern.ts";
import { createSearch } from "./search.ts";
import { writePattern } from "./write-pattern.ts";

export interface Compiled {
  readonly kind: "compiled";
  /** Whether the pattern is anywhere in the text, as JavaScript means it; within a time that the lengths of both bound. */
  readonly isIn: (text: string) => boolean;
  /** The same pattern in words that JavaScript and RE2 read alike. */
  readonly plain: string;
}

const known = new Map<string, Compiled | Refusal>();
const knownMax = 100;

/** A regular expression of JavaScript's, without flags, for texts that others choose. */
export function compilePattern(text: string): Compiled | Refusal {
  const before = known.get(text);
  if (before !== undefined) return before;
  const compiled = compile(text);
  if (known.size === knownMax) known.clear();
  known.set(text, compiled);
  return compiled;
}

function compile(text: string): Compiled | Refusal {
  const pattern = readPattern(text);
  if (pattern.kind === "refused") return pattern;
  const automaton = makeAutomaton(pattern);
  if (automaton === null) {
    const expected = "a smaller regular expression: all repetitions written out, this one is too long";
    return { kind: "refused", expected };
  }
  let search: ReturnType<typeof createSearch> | null = null;
  return {
    kind: "compiled",
    isIn(searched) {
      search ??= createSearch(automaton, beginningOf(pattern));
      return search(searched);
    },
    plain: writePattern(pattern),
  };
}

/** For a pattern that the config has let in. */
export function searchFor(text: string): Compiled["isIn"] {
  const compiled = compilePattern(text);
  if (compiled.kind === "refused") throw new RangeError(`${text}: expected ${compiled.expected}`);
  return compiled.isIn;
}
