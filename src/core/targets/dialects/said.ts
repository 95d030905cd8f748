import { type Fact, fact, type Trust } from "#core/facts.ts";
import type { Said } from "./dialect.ts";

/** Where an answer was seen: passed to `said` as it is. */
export interface Seen {
  readonly trust: Trust;
  readonly source: string;
}

export const seen = (trust: Trust, source: string): Seen => ({ trust, source });

/** Reason phrases of RFC 9110, §15, as far as the fronts use them. */
const statusTexts: Readonly<Record<number, string>> = {
  200: "OK",
  202: "Accepted",
  204: "No Content",
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  410: "Gone",
  413: "Request Entity Too Large",
  414: "Request-URI Too Long",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

export const statusText = (status: number): string => statusTexts[status] ?? "";

export function said(
  status: number,
  headers: readonly (readonly [string, string])[],
  body: string,
  where: Seen,
): Fact<Said> {
  return fact({ status, statusText: statusText(status), headers, body }, where.trust, where.source);
}
