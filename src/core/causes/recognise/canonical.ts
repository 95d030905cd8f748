/** A SigV4 canonical request, taken apart. */
export interface Canonical {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly signedHeaders: string;
  readonly payloadHash: string;
}

/** The canonical request a service says it would have signed, or null when it does not print one. */
export function printedCanonical(message: string): Canonical | null {
  const printed = /Canonical String for this request should have been\s*'([\s\S]*?)'\s*The String-to-Sign/.exec(
    message,
  );
  return printed?.[1] === undefined ? null : parseCanonical(printed[1]);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function parseCanonical(text: string): Canonical | null {
  const [method, path, query, ...rest] = text.replace(/\r\n/g, "\n").split("\n");
  const blank = rest.indexOf("");
  const [signedHeaders, payloadHash] = rest.slice(blank + 1);
  if (method === undefined || path === undefined || query === undefined || blank < 0) return null;
  if (signedHeaders === undefined || payloadHash === undefined) return null;
  const headers = rest.slice(0, blank).map((line): readonly [string, string] => {
    const colon = line.indexOf(":");
    return colon < 0 ? [line, ""] : [line.slice(0, colon).toLowerCase(), line.slice(colon + 1)];
  });
  return { method, path, query, headers: new Map(headers), signedHeaders, payloadHash };
}

/** One part that both sides signed differently. */
export interface Difference {
  /** `path`, `header host` … */
  readonly part: string;
  readonly ours: string | null;
  readonly theirs: string | null;
}

// Its value is a secret, and replaced on our side.
const neverCompared = "x-amz-security-token";

export function differences(ours: Canonical, theirs: Canonical): readonly Difference[] {
  const names = [...new Set([...ours.headers.keys(), ...theirs.headers.keys()])].filter(
    (name) => name !== neverCompared,
  );
  const parts: readonly Difference[] = [
    { part: "method", ours: ours.method, theirs: theirs.method },
    { part: "path", ours: ours.path, theirs: theirs.path },
    { part: "query", ours: ours.query, theirs: theirs.query },
    ...names.map((name) => ({
      part: `header ${name}`,
      ours: ours.headers.get(name) ?? null,
      theirs: theirs.headers.get(name) ?? null,
    })),
    { part: "list of signed headers", ours: ours.signedHeaders, theirs: theirs.signedHeaders },
    { part: "payload hash", ours: ours.payloadHash, theirs: theirs.payloadHash },
  ];
  return parts.filter((part) => part.ours !== part.theirs);
}
