import { recode } from "./percent-encoding.ts";

/** The part of a request target after its first `?`. */
export function queryOf(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? "" : target.slice(mark + 1);
}

const plainPair = /^[\w.~-]+=[\w.~-]*$/;
const ownSignature = /x-amz-signature/i;

/**
 * The query as it is signed: names and values encoded one way, sorted by name and then by value, every name with its `=`.
 * `+` is a plus sign, not a space. `X-Amz-Signature` is left out, since it cannot sign itself.
 *
 * @param query as on the wire, without `?`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  let pairs = query.split("&").map(sortable);
  if (ownSignature.test(query)) pairs = pairs.filter((pair) => !pair.toLowerCase().startsWith("x-amz-signature!"));
  if (query.includes("&")) pairs = pairs.filter((pair) => pair !== "").sort();
  return pairs.join("&").replaceAll("!", "=");
}

/**
 * A pair with `!` for `=`, so that sorting whole pairs sorts by name and then by value: `!` sorts before every character
 * that canonical encoding leaves, `=` after some of them (`a=` after `a-b=`). No canonical text holds a `!`.
 */
function sortable(pair: string): string {
  if (plainPair.test(pair)) return pair.replace("=", "!");
  if (pair === "") return "";
  const [name, value] = recodedPair(pair);
  return `${name}!${value}`;
}

function recodedPair(pair: string): readonly [string, string] {
  const mark = pair.indexOf("=");
  return mark < 0 ? [recode(pair), ""] : [recode(pair.slice(0, mark)), recode(pair.slice(mark + 1))];
}

/** Names and values, canonically encoded, in the order given; what is between two `&&` is no parameter. */
export const queryPairs = (query: string): (readonly [string, string])[] =>
  query
    .split("&")
    .filter((pair) => pair !== "")
    .map(recodedPair);
