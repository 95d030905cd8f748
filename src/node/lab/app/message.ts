import type { LabRequest } from "../wire.ts";

/** The first value of a header, or null; `name` in lower case. */
export const header = (request: LabRequest, name: string): string | null =>
  request.headers.find(([key]) => key === name)?.[1] ?? null;

/** The same request with another value of one header, or without it where the value is null. */
export function withHeader(request: LabRequest, name: string, value: string | null): LabRequest {
  const others = request.headers.filter(([key]) => key !== name);
  return { ...request, headers: value === null ? others : [...others, [name, value]] };
}

/** The path as on the wire, without its query. */
export const pathOf = (request: LabRequest): string => request.path.split("?", 1)[0] ?? "";

/** The query as on the wire, without `?`; empty when there is none. */
export const queryOf = (request: LabRequest): string => {
  const mark = request.path.indexOf("?");
  return mark < 0 ? "" : request.path.slice(mark + 1);
};

/** The host without its port, in lower case. */
export const hostOf = (request: LabRequest): string =>
  (header(request, "host") ?? "").replace(/:\d+$/, "").toLowerCase();

/** A path segment or value with its percent-escapes undone, or as it is where they are broken. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const lineBytes = ([name, value]: readonly [string, string]): number => name.length + value.length + ": \r\n".length;

/** Bytes of all headers as written, without the request line. */
export const headerBytes = (request: LabRequest): number =>
  request.headers.reduce((sum, line) => sum + lineBytes(line), 0);
