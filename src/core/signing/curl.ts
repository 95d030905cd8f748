export interface SignedRequest {
  readonly method: string;
  /** Absolute, path and query as on the wire. */
  readonly url: string;
  /** All that must be sent but `host`, which curl derives from the URL, unless it is another. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** How curl gets there where the system alone does not know the way. */
export interface CurlWay {
  /** Issuers to trust, a PEM file. */
  readonly caFile: string | null;
  /** Addresses in place of DNS. */
  readonly resolve: { readonly host: string; readonly port: number; readonly addresses: readonly string[] } | null;
}

const usualWay: CurlWay = { caFile: null, resolve: null };

/**
 * The request as a command for a POSIX shell. Holds a signature: shown only where it was asked for.
 * `--path-as-is` and `--globoff` keep curl from tidying what was signed.
 */
export function curlCommand({ method, url, headers, body }: SignedRequest, way: CurlWay = usualWay): string {
  const words = ["curl", "--silent", "--show-error", "--include", "--path-as-is", "--globoff"];
  if (way.caFile !== null) words.push("--cacert", shellWord(way.caFile));
  if (way.resolve !== null) words.push("--resolve", shellWord(pin(way.resolve)));
  // With `--request HEAD` curl would wait for a body that never comes.
  words.push(...(method === "HEAD" ? ["--head"] : ["--request", shellWord(method)]));
  for (const [name, value] of Object.entries(headers)) words.push("--header", shellWord(headerWord(name, value)));
  if (body === null) return [...words, shellWord(url)].join(" ");
  // Otherwise curl would add the content type of a form.
  if (headers["content-type"] === undefined) words.push("--header", shellWord("content-type:"));
  if (!body.includes("\0")) return [...words, "--data-raw", shellWord(body), shellWord(url)].join(" ");
  return [`printf ${shellWord(asPrintf(body))} |`, ...words, "--data-binary", "@-", shellWord(url)].join(" ");
}

const pin = ({ host, port, addresses }: NonNullable<CurlWay["resolve"]>): string =>
  `${host}:${port}:${addresses.map((address) => (address.includes(":") ? `[${address}]` : address)).join(",")}`;

/** curl takes `name:` as "leave this header out" and `name;` as an empty one. */
const headerWord = (name: string, value: string): string => (value === "" ? `${name};` : `${name}: ${value}`);

/** A word as a POSIX shell takes it back. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** No argument can hold a NUL byte, but printf can write one. */
const asPrintf = (body: string): string =>
  body.replaceAll("\\", "\\\\").replaceAll("%", "%%").replaceAll("\0", "\\000");
