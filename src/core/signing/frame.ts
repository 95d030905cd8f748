import type { SigningScope } from "#core/targets/target.ts";
import { canonicalHeaders, isSigned } from "./canonical-headers.ts";
import { canonicalPath, pathOf } from "./canonical-path.ts";
import { canonicalQuery, queryOf } from "./canonical-query.ts";
import { canonicalRequest } from "./canonical-request.ts";
import type { Signable } from "./signable.ts";

/** A canonical request with the date left open: what stays the same while a request repeats. */
export interface Frame {
  /** Up to the value of `x-amz-date`. */
  readonly beforeDate: string;
  readonly afterDate: string;
  /** Joined by `;`. */
  readonly signedHeaders: string;
  /** What signing adds besides date and authorization. */
  readonly added: Readonly<Record<string, string>>;
}

export function frameOf(
  signable: Signable,
  scope: SigningScope,
  sessionToken: string | null,
  payloadHash: string,
): Frame {
  const added = addedHeaders(signable, scope, sessionToken, payloadHash);
  const signed: Record<string, string> = {};
  for (const name of Object.keys(signable.headers)) {
    if (isSigned(name)) signed[name] = signable.headers[name] ?? "";
  }
  const headers = canonicalHeaders({ ...signed, ...added, host: signable.host, "x-amz-date": "" });
  const whole = canonicalRequest(
    signable.method,
    canonicalPath(pathOf(signable.path), scope.service),
    canonicalQuery(queryOf(signable.path)),
    headers,
    payloadHash,
  );
  const cut = whole.indexOf(dateLine) + dateLine.length;
  return { beforeDate: whole.slice(0, cut), afterDate: whole.slice(cut), signedHeaders: headers.names, added };
}

// `host` sorts before it, and neither a path nor a value can hold a line break: the first occurrence is the header.
const dateLine = "\nx-amz-date:";

function addedHeaders(
  signable: Signable,
  scope: SigningScope,
  sessionToken: string | null,
  payloadHash: string,
): Readonly<Record<string, string>> {
  const added: Record<string, string> = {};
  if (announcesHash(scope) && signable.headers["x-amz-content-sha256"] === undefined)
    added["x-amz-content-sha256"] = payloadHash;
  if (sessionToken !== null) added["x-amz-security-token"] = sessionToken;
  return added;
}

/** Whether the payload's hash is sent as a header too: an unsigned one must be announced, and S3 wants any. */
export const announcesHash = (scope: SigningScope): boolean => scope.payload === "unsigned" || scope.service === "s3";
