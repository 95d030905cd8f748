import { token, value } from "./grammar.ts";

/** The first part of a response, down to the empty line; and what it says of the rest. */
export interface ResponseHead {
  readonly status: number;
  /** In the order they came; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly length: BodyLength;
  /** Whether the peer lets the connection serve another request, if the body does not end with it. */
  readonly keptAlive: boolean;
}

/** Where a body ends, when the request and the status allow one. */
export type BodyLength =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" };

export const noHead: ResponseHead = { status: 0, headers: [], length: { kind: "until-close" }, keptAlive: false };

export interface HeadReader {
  /** Takes a line without its line end; null, or why this is no HTTP/1.1. */
  line(line: string): string | null;
  /** After the empty line. @returns text: why this is no HTTP/1.1 */
  end(): ResponseHead | string;
}

const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
export function createHeadReader(): HeadReader {
  let version = "";
  let status = 0;
  const headers: (readonly [string, string])[] = [];
  return {
    line(line) {
      if (status !== 0) return readHeader(line, headers);
      const [, minor, digits] = statusLine.exec(line) ?? [];
      if (minor === undefined || digits === undefined) return "the status line is not one of HTTP/1.1";
      version = minor;
      status = Number(digits);
      return null;
    },
    end() {
      if (status === 0) return "the status line is empty";
      const length = bodyLength(headers);
      if (typeof length === "string") return length;
      const options = tokensOf("connection", headers);
      const kept = version === "1" ? !options.includes("close") : options.includes("keep-alive");
      return { status, headers, length, keptAlive: kept };
    },
  };
}

/** The headers that say where a body ends. */
export const framing: readonly string[] = ["content-length", "transfer-encoding"];

/** Takes a header or a trailer; null, or what is wrong with it. */
export function readHeader(line: string, into: (readonly [string, string])[]): string | null {
  // RFC 9112 §5.2 lets a client refuse or repair it; who repairs differently sees another message.
  if (line.startsWith(" ") || line.startsWith("\t")) return "a header is folded over two lines (obs-fold)";
  const colon = line.indexOf(":");
  const name = line.slice(0, colon === -1 ? 0 : colon);
  if (!token.test(name)) return "a header has no name";
  const text = trimmed(line, colon + 1);
  if (!value.test(text)) return "a header holds control characters";
  const own = name.toLowerCase();
  // A tab is a blank by RFC 9110, but llhttp, and so most of JavaScript, takes a last one for part of the value.
  if (framing.includes(own) && line.includes("\t")) return "a header that tells the length holds a tab";
  into.push([own, text]);
  return null;
}

/** Blanks and tabs only: `trim` would take a no-break space too, which is a byte like others here. */
function trimmed(line: string, start: number): string {
  let from = start;
  let to = line.length;
  while (from < to && isBlank(line.charCodeAt(from))) from += 1;
  while (to > from && isBlank(line.charCodeAt(to - 1))) to -= 1;
  return line.slice(from, to);
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

function bodyLength(headers: ResponseHead["headers"]): BodyLength | string {
  const lengths = headers.filter(([name]) => name === "content-length");
  const codings = headers.filter(([name]) => name === "transfer-encoding");
  const [length] = lengths;
  if (codings.length > 0) {
    if (length !== undefined) return "it announces its length twice, in Content-Length and Transfer-Encoding";
    return codingLength(tokensOf("transfer-encoding", headers));
  }
  if (length === undefined) return { kind: "until-close" };
  if (lengths.length > 1) return "it announces its length twice";
  // A sign, a zero in front or a list reads differently elsewhere.
  if (!/^(?:0|[1-9]\d*)$/.test(length[1])) return "Content-Length is no plain number";
  const bytes = Number(length[1]);
  return Number.isSafeInteger(bytes) ? { kind: "bytes", bytes } : "Content-Length is too large";
}

function codingLength(codings: readonly string[]): BodyLength | string {
  const at = codings.indexOf("chunked");
  if (at === -1) return { kind: "until-close" };
  return at === codings.length - 1 ? { kind: "chunked" } : "something is applied on top of the chunked coding";
}

const tokensOf = (wanted: string, headers: ResponseHead["headers"]): readonly string[] =>
  headers.flatMap(([name, text]) =>
    name === wanted ? text.split(",").map((one) => trimmed(one, 0).toLowerCase()) : [],
  );
