import { parseUrl, urlSlip } from "#core/targets/url.ts";
import { ok, refuse, type Shape } from "./shape.ts";
import { oneOf, perhaps } from "./suggest.ts";

/** `${NAME}` somewhere in it: then only the environment knows what it will be. */
const variable = "\\$\\{\\w+\\}";

/** A string schema that a variable satisfies too. */
export const stringSchema = (pattern: string, example: string) => ({
  type: "string",
  anyOf: [{ pattern }, { pattern: variable }],
  examples: [example],
});

export interface Written {
  /** Continues `expected …`. */
  readonly expected: string;
  readonly pattern: RegExp;
  readonly example: string;
}

/** Text of a given form. A bare number where text belongs is told to wear quotes: YAML reads `7` and `1e5` as numbers. */
export const text = ({ expected, pattern, example }: Written): Shape<string> => ({
  schema: stringSchema(pattern.source, example),
  read(input, path) {
    if (typeof input === "number" || typeof input === "boolean") return refuse(path, `${expected}, in quotes`);
    return typeof input === "string" && pattern.test(input) ? ok(input) : refuse(path, expected);
  },
});

/** One line of text, not empty, without control characters. */
export const line = (expected: string, example: string): Shape<string> =>
  text({ expected, example, pattern: /^[^\u0000-\u001f\u007f]+$/ });

export const choice = <const T extends string>(...choices: readonly T[]): Shape<T> => ({
  schema: { enum: choices },
  read(input, path) {
    const chosen = choices.find((one) => one === input);
    if (chosen !== undefined) return ok(chosen);
    return refuse(path, `${oneOf(choices)}${perhaps(input, choices)}`);
  },
});

export const url = (example: string): Shape<string> => ({
  schema: stringSchema("^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\s]+(/[^?#\\s]*)?$", example),
  read(input, path) {
    if (typeof input === "string" && parseUrl(input) !== null) return ok(input);
    const slip = typeof input === "string" ? urlSlip(input) : null;
    return refuse(
      path,
      slip ?? `an http:// or https:// URL without user name, query or fragment, such as "${example}"`,
    );
  },
});

export const whole = (min: number, max: number): Shape<number> => ({
  schema: { type: "integer", minimum: min, maximum: max },
  read: (input, path) =>
    typeof input === "number" && Number.isInteger(input) && input >= min && input <= max
      ? ok(input)
      : refuse(path, `a whole number from ${min} to ${max}`),
});
