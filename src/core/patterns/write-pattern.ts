import type { Pattern, Place } from "./pattern.ts";
import type { Range } from "./ranges.ts";

/**
 * The same pattern in words that JavaScript and RE2 read alike. k6's JavaScript searches with Go's RE2, in linear time, where it
 * can: not where it does not see that it can (`[\s\S]`), and not where RE2 has another idea of a class than JavaScript.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function writePattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case "unit":
      return pattern.of.length === 0 ? nothing : `[${pattern.of.map(writeRange).join("")}]`;
    case "assertion":
      return places[pattern.at];
    case "sequence":
      return pattern.of.map(writePattern).join("");
    case "choice":
      return `(?:${pattern.of.map(writePattern).join("|")})`;
    case "repeat":
      return `(?:${writePattern(pattern.what)}){${pattern.min},${Number.isFinite(pattern.max) ? pattern.max : ""}}`;
  }
}

/** Of `[]`: no unit is both. */
const nothing = "(?:$[\\u0000-\\uffff])";

const places: Record<Place, string> = { start: "^", end: "$", "word-boundary": "\\b", inside: "\\B" };

const writeRange = ([first, last]: Range): string =>
  first === last ? writeUnit(first) : `${writeUnit(first)}-${writeUnit(last)}`;

function writeUnit(unit: number): string {
  const character = String.fromCharCode(unit);
  return /[0-9A-Za-z]/.test(character) ? character : `\\u${unit.toString(16).padStart(4, "0")}`;
}
