import type { FrontRequest, Headers } from "./front-request.ts";
import { lastValue, without } from "./pairs.ts";

/** Headers about one connection, never handed on. */
export const hopByHop: readonly string[] = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** What every front sets anew or appends to. */
export function forwardedHeaders({ headers, source, scheme, port }: FrontRequest): Headers {
  const before = lastValue(headers, "x-forwarded-for");
  return [
    ["x-forwarded-for", before === null ? source.ip : `${before}, ${source.ip}`],
    ["x-forwarded-port", String(port)],
    ["x-forwarded-proto", scheme],
  ];
}

/** The client's headers without those about the connection and without the named ones, which the front sets itself. */
export const handedOn = (headers: Headers, replaced: Headers): Headers =>
  without(headers, [...hopByHop, ...replaced.map(([name]) => name.toLowerCase())]);

/** `Root=1-5bdb40ca-556d8b0c50dc66f0511bf520`: the time in seconds and 96 bits, here of the request's id. */
export function traceId({ requestId, timeEpochMs }: FrontRequest): string {
  const time = Math.floor(timeEpochMs / 1000)
    .toString(16)
    .padStart(8, "0");
  const id = requestId.toLowerCase().replaceAll(/[^0-9a-f]/g, "");
  return `Root=1-${time}-${id.padEnd(24, "0").slice(0, 24)}`;
}
