import { canonicalPath, pathOf } from "./canonical-path.ts";
import { canonicalQuery, queryOf } from "./canonical-query.ts";

/**
 * A request in the one form that both sides can compute.
 *
 * @param line as `canonicalLine` makes it
 * @param headers as `headerBlock` makes them
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const canonicalRequest = (line: string, headers: string, payloadHash: string): string =>
  `${line}\n${headers}\n${payloadHash}`;

/** Method, path and query, each on a line. */
export function canonicalLine(method: string, target: string, service: string): string {
  const path = pathOf(target);
  if (isCanonical.test(target)) return `${method}\n${path}\n${target.slice(path.length + 1)}`;
  return `${method}\n${canonicalPath(path, service)}\n${canonicalQuery(queryOf(target))}`;
}

/**
 * Hot path: segments and at most one pair of unreserved characters are in canonical form already, and one look shows it. No
 * segment may begin with a dot (`..` is resolved), and no name with an x (`X-Amz-Signature` is left out).
 */
const isCanonical = /^\/(?:[\w~-][\w.~-]*\/)*(?:[\w~-][\w.~-]*)?(?:\?[\da-wyzA-WYZ_.~-][\w.~-]*=[\w.~-]*)?$/;
