import { type AST, RegExpParser } from "@eslint-community/regexpp";
import type { Pattern, Refusal } from "./pattern.ts";
import { complement, digits, notLineEnds, type Range, type Ranges, spaces, union, wordUnits } from "./ranges.ts";

/** Beyond it a text is hardly meant for people; also keeps the parser's recursion shallow. */
export const patternLengthMax = 1000;
const depthMax = 100;

// As `new RegExp(text)` reads it: without flags.
const parser = new RegExpParser({ ecmaVersion: 2023 });

export function readPattern(text: string): Pattern | Refusal {
  if (text.length > patternLengthMax) return refused(`a regular expression of at most ${patternLengthMax} characters`);
  if ((text.match(/\(/g)?.length ?? 0) > depthMax) return refused(`a regular expression of at most ${depthMax} groups`);
  try {
    return choiceOf(parser.parsePattern(text, 0, text.length, { unicode: false }).alternatives);
  } catch (error) {
    if (error instanceof NotRegular) return refused(error.message);
    if (error instanceof SyntaxError) return refused("a regular expression of JavaScript's, as between its slashes");
    throw error;
  }
}

const refused = (expected: string): Refusal => ({ kind: "refused", expected });

/** Valid, and such that a text can be made up over which the search for it takes longer than anybody waits. */
class NotRegular extends Error {
  constructor(what: string) {
    super(`a regular expression without ${what}, since the time that takes has no bound`);
  }
}

const choiceOf = (alternatives: readonly AST.Alternative[]): Pattern => ({
  kind: "choice",
  of: alternatives.map(({ elements }) => ({ kind: "sequence", of: elements.map(patternOf) })),
});

function patternOf(element: AST.Element): Pattern {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return choiceOf(element.alternatives);
    case "Quantifier":
      return { kind: "repeat", what: patternOf(element.element), min: element.min, max: element.max };
    case "Assertion":
      return assertionOf(element);
    case "Backreference":
      throw new NotRegular(`references back (${element.raw})`);
    case "Character":
    case "CharacterSet":
    case "CharacterClass":
      return { kind: "unit", of: unitsOf(element) };
    case "ExpressionCharacterClass":
      return unknown(element);
  }
}

function assertionOf(assertion: AST.Assertion): Pattern {
  switch (assertion.kind) {
    case "start":
    case "end":
      return { kind: "assertion", at: assertion.kind };
    case "word":
      return { kind: "assertion", at: assertion.negate ? "inside" : "word-boundary" };
    case "lookahead":
    case "lookbehind":
      throw new NotRegular(`look-around (${assertion.raw})`);
  }
}

type Units = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.CharacterClassElement;

function unitsOf(element: Units): Ranges {
  switch (element.type) {
    case "Character":
      return [[element.value, element.value]];
    case "CharacterClassRange":
      return [[element.min.value, element.max.value]];
    case "CharacterClass":
      return negatedIf(element.negate, union(element.elements.flatMap((one): readonly Range[] => unitsOf(one))));
    case "CharacterSet":
      return setOf(element);
    case "ClassStringDisjunction":
    case "ExpressionCharacterClass":
      return unknown(element);
  }
}

function setOf(set: AST.CharacterSet): Ranges {
  switch (set.kind) {
    case "any":
      return notLineEnds;
    case "digit":
      return negatedIf(set.negate, digits);
    case "space":
      return negatedIf(set.negate, spaces);
    case "word":
      return negatedIf(set.negate, wordUnits);
    case "property":
      return unknown(set);
  }
}

const negatedIf = (negate: boolean, ranges: Ranges): Ranges => (negate ? complement(ranges) : ranges);

/** What the parser makes with the flags `u` and `v` only. */
function unknown({ raw }: { readonly raw: string }): never {
  throw new RangeError(`no part of a regular expression without flags: ${raw}`);
}
