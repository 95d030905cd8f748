import {
  type AuthorizationParse,
  claims,
  type MissingPart,
  type ParsedAuthorization,
  parseAuthorization,
} from "./authorization-header.ts";
import { canonicalValue } from "./canonical-headers.ts";
import { queryOf, queryPairs } from "./canonical-query.ts";
import { decodeText } from "./percent-encoding.ts";
import { algorithm } from "./string-to-sign.ts";

/** A request as a server received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly path: string;
  /** Lower-case names, in the order received, repeats kept. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array;
}

/** All that a signed request claims, in either form; none of it is verified yet. */
export interface Authorization extends ParsedAuthorization {
  readonly form: "header" | "query";
  /** `x-amz-date` as received: see `parseAmzDate`. */
  readonly date: string;
  readonly sessionToken: string | null;
  /** Seconds, of the query form; null in headers or when it is no number. */
  readonly expiresS: number | null;
}

export type AuthorizationReading =
  | { readonly kind: "none" }
  | { readonly kind: "incomplete"; readonly missing: MissingPart }
  | { readonly kind: "ok"; readonly authorization: Authorization };

export function readAuthorization(request: ReceivedRequest): AuthorizationReading {
  const header = headerValue(request, "authorization");
  if (header !== null) return fromHeader(request, header);
  const query = new Map(
    queryPairs(queryOf(request.path)).map(([name, value]) => [decodeText(name).toLowerCase(), decodeText(value)]),
  );
  return query.has("x-amz-algorithm") || query.has("x-amz-signature") ? fromQuery(query) : { kind: "none" };
}

/** All values of a header, each trimmed and then joined by `,` as SigV4 does; null when it was not sent. */
export function headerValue(request: ReceivedRequest, name: string): string | null {
  const values = request.headers.filter(([key]) => key === name).map(([, value]) => canonicalValue(value));
  return values.length === 0 ? null : values.join(",");
}

function fromHeader(request: ReceivedRequest, header: string): AuthorizationReading {
  return complete(parseAuthorization(header), {
    form: "header",
    date: headerValue(request, "x-amz-date") ?? "",
    sessionToken: headerValue(request, "x-amz-security-token"),
    expiresS: null,
  });
}

function fromQuery(query: ReadonlyMap<string, string>): AuthorizationReading {
  if (query.get("x-amz-algorithm") !== algorithm) return { kind: "incomplete", missing: "Algorithm" };
  const expires = Number(query.get("x-amz-expires") ?? "");
  return complete(
    claims(query.get("x-amz-credential"), query.get("x-amz-signature"), query.get("x-amz-signedheaders")),
    {
      form: "query",
      date: query.get("x-amz-date") ?? "",
      sessionToken: query.get("x-amz-security-token") ?? null,
      expiresS: Number.isInteger(expires) && expires > 0 ? expires : null,
    },
  );
}

function complete(
  parse: AuthorizationParse,
  rest: Pick<Authorization, "form" | "date" | "sessionToken" | "expiresS">,
): AuthorizationReading {
  if (parse.kind === "incomplete") return parse;
  if (rest.date === "") return { kind: "incomplete", missing: "Date" };
  const { kind: _, ...parsed } = parse;
  return { kind: "ok", authorization: { ...parsed, ...rest } };
}
