import type { CanonicalHeaders } from "./canonical-headers.ts";

/**
 * A request in the one form that both sides can compute.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const canonicalRequest = (
  method: string,
  path: string,
  query: string,
  headers: CanonicalHeaders,
  payloadHash: string,
): string => `${method}\n${path}\n${query}\n${headers.text}\n${headers.names}\n${payloadHash}`;
