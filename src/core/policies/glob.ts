/** A piece of a pattern; in a literal piece `*` and `?` mean themselves (the value of a policy variable). */
export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

const many = Symbol("*");
const one = Symbol("?");
type Token = string | typeof many | typeof one;

const tokenOf = (character: string): Token => (character === "*" ? many : character === "?" ? one : character);

const tokensOf = (pieces: readonly Piece[]): readonly Token[] =>
  pieces.flatMap(({ text, literal }): Token[] => (literal ? [...text] : [...text].map(tokenOf)));

/**
 * Whether a text matches a pattern in which `*` is any run of characters, colons and slashes included, and `?` any one.
 * Time grows with the product of the lengths at worst, whatever the pattern: a policy cannot stall us.
 */
export function matchesPieces(pieces: readonly Piece[], text: string): boolean {
  const tokens = tokensOf(pieces);
  const characters = [...text];
  let at = 0;
  let token = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < characters.length) {
    const wanted = tokens[token];
    if (wanted === many) {
      starToken = token;
      starAt = at;
      token += 1;
    } else if (wanted !== undefined && (wanted === one || wanted === characters[at])) {
      token += 1;
      at += 1;
    } else if (starToken >= 0) {
      starAt += 1;
      at = starAt;
      token = starToken + 1;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest === many);
}

export const matchesGlob = (pattern: string, text: string): boolean =>
  matchesPieces([{ text: pattern, literal: false }], text);
