import { isIpAddress } from "./address-class.ts";
import type { Origin } from "./target.ts";

export interface ParsedUrl {
  readonly origin: Origin;
  /** As written, without a trailing slash: empty for `https://host/`. */
  readonly path: string;
}

const shape = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^/?#@:[\]\\\s]+)(?::(\d{1,5}))?(\/[!-"$->@-~]*)?$/i;
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * Reads `http(s)://host[:port][/path]`. Stricter than a browser, so that nothing is sent elsewhere than it reads: no user
 * name, query or fragment, no IPv4 address in octal or hex, names in ASCII (IDNs in their `xn--` form).
 */
export function parseUrl(text: string): ParsedUrl | null {
  const [, scheme, rawHost, rawPort, rawPath] = shape.exec(text) ?? [];
  if (scheme === undefined || rawHost === undefined) return null;
  const host = readHost(rawHost.toLowerCase());
  const secure = scheme.toLowerCase() === "https";
  const port = rawPort === undefined ? (secure ? 443 : 80) : Number(rawPort);
  if (host === null || port < 1 || port > 65_535) return null;
  return { origin: { scheme: secure ? "https" : "http", host, port }, path: (rawPath ?? "").replace(/\/+$/, "") };
}

// The first that fits, of what people write most.
const slips: readonly (readonly [RegExp, string])[] = [
  [/^\s|\s$/, "a URL without white space around it"],
  [/^https?:\/\/[^/?#]*[^!-~]/i, "a host name in ASCII (an international one in its xn-- form)"],
  [/^https?:\/\/[0-9a-f]*:[0-9a-f]*:/i, 'an IPv6 address in brackets, such as "https://[fd00::1]:8443"'],
  [/^https?:\/\/\[[^\]]*%/i, "an IPv6 address without a zone"],
  [/^https?:\/\/[^/?#@]+:\d+(?:\/|$)/i, "a host that there can be, and a port from 1 to 65535"],
];

/** What a text that is no URL for `parseUrl` lacks, as the end of `expected …`; null where it is none of the usual. */
export const urlSlip = (text: string): string | null => slips.find(([pattern]) => pattern.test(text))?.[1] ?? null;

function readHost(written: string): string | null {
  if (written.startsWith("[")) {
    const address = written.slice(1, -1);
    return isIpAddress(address) ? address : null;
  }
  const labels = written.replace(/\.$/, "").split(".");
  // A name whose last label is a number is an IPv4 address or nothing (RFC 3986 leaves 010.1 and 0x7f.1 open).
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "")) return isIpAddress(written) ? written : null;
  return written.length <= 254 && labels.every((one) => label.test(one)) ? labels.join(".") : null;
}

/** `host`, `host:8443` or `[fd00::1]:8443`: as in a `Host` header, the port left out where it is the scheme's own. */
export function authority({ scheme, port }: Origin, host: string): string {
  const shown = host.includes(":") ? `[${host}]` : host;
  return port === (scheme === "https" ? 443 : 80) ? shown : `${shown}:${port}`;
}

/** `https://host:8443`, for people and reports. */
export const showOrigin = (origin: Origin): string => `${origin.scheme}://${authority(origin, origin.host)}`;
