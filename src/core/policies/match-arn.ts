import { matchesPieces, type Piece } from "./glob.ts";

/** Splits pieces at the first five colons that are not part of a variable's value. */
function components(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const { text, literal } of pieces) {
    const left = 6 - parts.length;
    const split = literal ? [text] : text.split(":");
    const kept = split.length > left + 1 ? [...split.slice(0, left), split.slice(left).join(":")] : split;
    kept.forEach((part, index) => {
      if (index > 0) parts.push([]);
      parts.at(-1)?.push({ text: part, literal });
    });
  }
  return parts;
}

/**
 * Each of the six colon-delimited components is matched by itself; a pattern of fewer, such as `*`, by the whole text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pieces: readonly Piece[], arn: string): boolean {
  const wanted = components(pieces);
  if (wanted.length < 6) return matchesPieces(pieces, arn);
  const found = components([{ text: arn, literal: false }]);
  return (
    found.length === 6 &&
    wanted.every((part, index) => matchesPieces(part, (found[index] ?? []).map(({ text }) => text).join("")))
  );
}
