export interface CanonicalHeaders {
  /** `name:value\n` for each, sorted by name. */
  readonly text: string;
  /** The names, joined by `;`. */
  readonly names: string;
}

/**
 * Headers that proxies and HTTP stacks change on the way, so that no signature may rest on them. The list of AWS's own SDK.
 *
 * @see https://github.com/smithy-lang/smithy-typescript/tree/main/packages/signature-v4
 */
const neverSigned: ReadonlySet<string> = new Set([
  "authorization",
  "cache-control",
  "connection",
  "date",
  "expect",
  "from",
  "keep-alive",
  "max-forwards",
  "pragma",
  "referer",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-amzn-trace-id",
]);

export const isSigned = (name: string): boolean =>
  !neverSigned.has(name) && !name.startsWith("proxy-") && !name.startsWith("sec-");

/** @param headers lower-case names; every one of them is signed */
export function canonicalHeaders(headers: Readonly<Record<string, string>>): CanonicalHeaders {
  const names = Object.keys(headers).sort();
  let text = "";
  for (const name of names) text += `${name}:${canonicalValue(headers[name] ?? "")}\n`;
  return { text, names: names.join(";") };
}

/** The headers as they stand in a canonical request. */
export const headerBlock = ({ text, names }: CanonicalHeaders): string => `${text}\n${names}`;

/** A header's value without space around it and with runs of space in it as one, quoted or not. */
export function canonicalValue(value: string): string {
  return isTidy(value) ? value : value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}

const isTidy = (value: string): boolean =>
  !value.startsWith(" ") &&
  !value.endsWith(" ") &&
  !value.includes("  ") &&
  !value.includes("\t") &&
  !value.includes("\n") &&
  !value.includes("\r");
