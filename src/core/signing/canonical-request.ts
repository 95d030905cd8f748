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
export const canonicalLine = (method: string, target: string, service: string): string =>
  `${method}\n${canonicalPath(pathOf(target), service)}\n${canonicalQuery(queryOf(target))}`;
