import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Signable } from "#core/signing/signable.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import type { Signing } from "./signing.ts";

/** A request of the plan, as far as it can be made ready before it is sent. */
export interface PreparedRequest {
  readonly asked: TargetRequest;
  /** For HTTP/1.1. @param atMs since the epoch: a signature is good while its second lasts */
  bytesAt(atMs: number): Buffer;
  /** For HTTP/2, whose session writes them. */
  headersAt(atMs: number): Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

type Headers = Readonly<Record<string, string>>;

/** @param signing null: it goes out unsigned */
export function prepare(target: PlannedTarget, asked: TargetRequest, signing: Signing | null): PreparedRequest {
  const { method, path, body: text } = asked;
  const body = text === null ? null : Buffer.from(text, "utf8");
  const signable: Signable = { method, host: target.hostHeader, path, headers: asked.headers, body: text };
  const own: Headers = {
    host: target.hostHeader,
    "user-agent": "pathproof (node)",
    ...contentLength(method, body),
    ...asked.headers,
  };
  const firstLine = mustBeOneLine(`${method} ${path} HTTP/1.1`);
  const startOf = createStart(firstLine, own);
  const scheme = target.origin.startsWith("https:") ? "https" : "http";
  const { host: authority = "", ...others } = own;
  const unsigned = bytesOf(startOf(none, 0), none, body);
  const pseudo = { ":method": method, ":path": path, ":scheme": scheme, ":authority": authority, ...others };

  let madeFor = Number.NaN;
  let madeWith = 0;
  let made = unsigned;
  return {
    asked,
    body,
    bytesAt(atMs) {
      if (signing === null) return unsigned;
      const second = Math.floor(atMs / 1000);
      if (second === madeFor && signing.version === madeWith) return made;
      const added = signing.sign(signable, atMs);
      made = bytesOf(startOf(added, signing.version), added, body);
      madeFor = second;
      madeWith = signing.version;
      return made;
    },
    headersAt: (atMs) => (signing === null ? pseudo : { ...pseudo, ...signing.sign(signable, atMs) }),
  };
}

const none: Headers = {};

/** The head up to what a signature adds, which overrules headers of the same name; made anew when the credentials change. */
function createStart(firstLine: string, own: Headers): (added: Headers, version: number) => string {
  let start = "";
  let madeWith = Number.NaN;
  return (added, version) => {
    if (version !== madeWith) start = `${firstLine}\r\n${linesOf(own, added)}`;
    madeWith = version;
    return start;
  };
}

function bytesOf(start: string, added: Headers, body: Buffer | null): Buffer {
  const head = Buffer.from(`${start}${linesOf(added, none)}\r\n`, "latin1");
  return body === null ? head : Buffer.concat([head, body]);
}

function linesOf(headers: Headers, except: Headers): string {
  let lines = "";
  for (const name in headers) {
    if (!(name in except)) lines += `${mustBeOneLine(`${name}: ${headers[name] ?? ""}`)}\r\n`;
  }
  return lines;
}

/** @throws RangeError when what is written into the head would end its line */
function mustBeOneLine(text: string): string {
  if (/[\r\n\0]/.test(text))
    throw new RangeError(`a line of a request's head holds a line end: ${text.split(/[\r\n\0]/)[0]}…`);
  return text;
}

const bodyless = ["GET", "HEAD", "OPTIONS", "DELETE", "TRACE"];

/** A POST without a body says so; a GET without one says nothing (RFC 9110 §8.6). */
const contentLength = (method: string, body: Buffer | null): Headers =>
  body === null && bodyless.includes(method) ? none : { "content-length": String(body?.length ?? 0) };
