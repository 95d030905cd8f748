import { recode } from "./percent-encoding.ts";

/** The part of a request target after its first `?`. */
export function queryOf(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? "" : target.slice(mark + 1);
}

/**
 * The query as it is signed: names and values encoded one way, sorted by name and then by value, every name with its `=`.
 * `+` is a plus sign, not a space. `X-Amz-Signature` is left out, since it cannot sign itself.
 *
 * @param query as on the wire, without `?`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs = queryPairs(query).filter(([name]) => name.toLowerCase() !== "x-amz-signature");
  pairs.sort(byNameThenValue);
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

/** Names and values, canonically encoded, in the order given; what is between two `&&` is no parameter. */
export function queryPairs(query: string): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const mark = pair.indexOf("=");
    pairs.push(mark < 0 ? [recode(pair), ""] : [recode(pair.slice(0, mark)), recode(pair.slice(mark + 1))]);
  }
  return pairs;
}

// Not on the joined text: "=" sorts after "-" and ".", so `a=` would come after `a-b=`.
const byNameThenValue = (a: readonly [string, string], b: readonly [string, string]): number =>
  compare(a[0], b[0]) || compare(a[1], b[1]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
