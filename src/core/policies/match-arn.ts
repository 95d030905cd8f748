import { matchesPieces, type Piece } from "./glob.ts";

/** Splits pieces at colons into at most so many components, the last with the rest; a variable's value is not split. */
function components(pieces: readonly Piece[], most: number): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const { text, literal } of pieces) {
    const left = most - parts.length;
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
 * Each of the six colon-delimited components is matched by itself. In a pattern of fewer, such as `*`, the last stands for
 * all that follows.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pieces: readonly Piece[], arn: string): boolean {
  const wanted = components(pieces, 6);
  const found = components([{ text: arn, literal: false }], wanted.length);
  return (
    found.length === wanted.length &&
    wanted.every((part, index) => matchesPieces(part, (found[index] ?? []).map(({ text }) => text).join("")))
  );
}
