import fc from "fast-check";

const units = ["a", "b", "_", "0", " ", "\n", "\u2028", "é", "\ud83d", "\ude00", "-", "]", "\\", "^", "$", "\u0000"];
// Short, for JavaScript's own search takes its time.
export const text = fc.array(fc.constantFrom(...units), { maxLength: 8 }).map((parts) => parts.join(""));

const classPart = fc.constantFrom(
  "a",
  "a-z",
  "0-9",
  "\\d",
  "\\W",
  "\\s",
  "\\S",
  "\\b",
  "\\]",
  "^",
  "-",
  "\\u00e9",
  "\\cA",
);
const classes = fc
  .tuple(fc.constantFrom("", "^"), fc.array(classPart, { maxLength: 3 }))
  .map(([negated, parts]) => `[${negated}${parts.join("")}]`);
const atom = fc.oneof(
  fc.constantFrom("a", "b", "0", "_", "-", "é", "]", "{", "."),
  fc.constantFrom("\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\n", "\\x61", "\\u0062", "\\-", "\\c"),
  fc.constantFrom("^", "$", "\\b", "\\B"),
  classes,
);
const quantifier = fc.constantFrom("*", "+", "?", "{0}", "{2}", "{1,3}", "{2,}", "*?", "+?", "{0,2}?");
/** Of a regular expression, of all that has a plain form. */
export const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc
    .array(fc.array(tie("part"), { maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((alternatives) => alternatives.map((parts) => parts.join("")).join("|")),
  part: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    atom,
    fc
      .tuple(fc.constantFrom("(", "(?:", "(?<n>"), tie("pattern"), fc.option(quantifier, { nil: "" }))
      .map(([open, inner, often]) => `${open}${inner})${often}`),
    fc.tuple(fc.constantFrom("a", "b", ".", "\\w", "[ab]"), quantifier).map((parts) => parts.join("")),
  ),
}));
