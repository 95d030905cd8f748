import type { RequestContext } from "./access.ts";
import type { Piece } from "./glob.ts";

// `${aws:PrincipalTag/team, 'none'}`; a name holds neither comma nor brace.
const variable = /\$\{([^},]+)(?:,\s*'([^']*)')?\s*\}/g;
const special: readonly string[] = ["*", "?", "$"];

/** The keys of the policy variables in a text, without the special ones (`${*}`). */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(variable)].flatMap(([, name]) => {
    const key = name?.trim() ?? "";
    return special.includes(key) ? [] : [key];
  });

/** Whether a `${` in it opens nothing that reads as a variable. */
export const hasBrokenVariable = (text: string): boolean => text.replace(variable, "").includes("${");

function resolve(key: string, fallback: string | undefined, context: RequestContext): string | null {
  if (special.includes(key)) return key;
  const values = context.get(key.toLowerCase());
  // A multivalued key cannot be used as a variable.
  return values?.length === 1 ? (values[0] ?? null) : (fallback ?? null);
}

/**
 * A text with its variables replaced; null when one has no value, so that nothing equals or matches it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expand(text: string, context: RequestContext): readonly Piece[] | null {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(variable)) {
    const value = resolve(match[1]?.trim() ?? "", match[2], context);
    if (value === null) return null;
    pieces.push({ text: text.slice(from, match.index), literal: false }, { text: value, literal: true });
    from = match.index + match[0].length;
  }
  return [...pieces, { text: text.slice(from), literal: false }];
}
