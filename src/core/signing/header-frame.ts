import type { SigningScope } from "#core/targets/target.ts";
import { canonicalHeaders, isSigned } from "./canonical-headers.ts";
import type { Signable } from "./signable.ts";

/** The headers' part of a canonical request with the date left open: what stays the same while requests vary. */
export interface HeaderFrame {
  /** Up to the value of `x-amz-date`. */
  readonly beforeDate: string;
  /** From there to the end of the list of names. */
  readonly afterDate: string;
  /** Joined by `;`. */
  readonly signedHeaders: string;
  /** What signing adds besides date and authorization. */
  readonly added: Readonly<Record<string, string>>;
  /** Its names. */
  readonly addedNames: readonly string[];
}

export function headerFrame(
  { headers, host }: Pick<Signable, "headers" | "host">,
  scope: SigningScope,
  sessionToken: string | null,
  payloadHash: string,
): HeaderFrame {
  const added: Record<string, string> = {};
  if (announcesHash(scope) && headers["x-amz-content-sha256"] === undefined)
    added["x-amz-content-sha256"] = payloadHash;
  if (sessionToken !== null) added["x-amz-security-token"] = sessionToken;
  const signed: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    if (isSigned(name)) signed[name] = headers[name] ?? "";
  }
  const { text, names } = canonicalHeaders({ ...signed, ...added, host, "x-amz-date": "" });
  const cut = text.indexOf(dateLine) + dateLine.length;
  return {
    beforeDate: text.slice(0, cut),
    afterDate: `${text.slice(cut)}\n${names}`,
    signedHeaders: names,
    added,
    addedNames: Object.keys(added),
  };
}

// `host` sorts before it, and no canonical value holds a line break: the first occurrence is the header.
const dateLine = "\nx-amz-date:";

/** Whether the payload's hash is sent as a header too: an unsigned one must be announced, and S3 wants any. */
export const announcesHash = (scope: SigningScope): boolean => scope.payload === "unsigned" || scope.service === "s3";

/** Whether that header varies from body to body. */
export const hashVaries = (scope: SigningScope): boolean => announcesHash(scope) && scope.payload === "signed";
