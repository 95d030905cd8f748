import { readsBody } from "#core/plan/judge-answer.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Ask } from "#core/scenarios/scenario.ts";
import type { Outline } from "#core/signing/sign.ts";
import type { Signable } from "#core/signing/signable.ts";
import { isIdempotent } from "#core/targets/methods.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import type { Ms } from "#core/units.ts";
import type { Signing } from "./signing.ts";

/** A request of the plan, as far as it can be made ready before it is sent. */
export interface PreparedRequest {
  readonly asked: TargetRequest;
  readonly signed: boolean;
  /** Whether the body of an answer with this status is read. */
  keepsBody(this: void, status: number): boolean;
  readonly idempotent: boolean;
  /** Of the whole request. */
  readonly timeoutMs: Ms;
  /** For HTTP/1.1. @param atMs since the epoch: a signature is good while its second lasts */
  wireAt(atMs: number): Wire;
  /** For HTTP/2, whose session writes them. */
  headersAt(atMs: number): Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Makes what stays while the credentials do, once they are there: before the load, lest it fall into it. */
  outline(): void;
}

/** Text is Latin-1, and there is no body: a socket takes it without our making bytes of it first, which costs 0.6 µs. */
export type Wire = string | Buffer;

type Headers = Readonly<Record<string, string>>;

/**
 * @param signing null: it goes out unsigned
 * @param comesAgain whether to keep it as signed for its second: among thousands it would only be work for the garbage collector
 */
export function prepare(
  target: PlannedTarget,
  { request: asked, timeoutMs }: Pick<Ask, "request" | "timeoutMs">,
  signing: Signing | null,
  comesAgain = true,
): PreparedRequest {
  const { method, path, body: text } = asked;
  const idempotent = isIdempotent(method);
  const body = text === null ? null : Buffer.from(text, "utf8");
  const own: Headers = {
    host: target.hostHeader,
    "user-agent": "pathproof (node)",
    ...contentLength(method, body),
    ...asked.headers,
  };
  // Not signed: it is between the client and the next hop. HTTP/2 has no such header.
  const lasting: Headers = target.connection.requestsMax === 1 ? { connection: "close" } : {};
  const firstLine = `${mustBeOneLine(`${method} ${path} HTTP/1.1`)}\r\n`;
  const pseudo = (): Headers => {
    const { host: authority = "", ...others } = own;
    const scheme = target.origin.startsWith("https:") ? "https" : "http";
    return { ":method": method, ":path": path, ":scheme": scheme, ":authority": authority, ...others };
  };
  const keepsBody = (status: number): boolean => readsBody(asked.expect, status);
  if (signing === null) {
    const wire = wireOf(`${firstLine}${linesOf({ ...own, ...lasting })}\r\n`, body);
    return {
      asked,
      signed: false,
      keepsBody,
      idempotent,
      timeoutMs,
      body,
      wireAt: () => wire,
      headersAt: pseudo,
      outline: () => undefined,
    };
  }
  const signable: Signable = { method, host: target.hostHeader, path, headers: asked.headers, body: text };
  const outlineNow = createOutlines(signing, signable, { ...own, ...lasting });
  let made: { readonly second: number; readonly version: number; readonly wire: Wire } | null = null;
  return {
    asked,
    signed: true,
    keepsBody,
    idempotent,
    timeoutMs,
    body,
    wireAt(atMs) {
      const second = Math.floor(atMs / 1000);
      if (made !== null && made.second === second && made.version === signing.version) return made.wire;
      const { outline, lines } = outlineNow();
      const { date, authorization } = signing.stamp(outline, atMs);
      const wire = wireOf(`${firstLine}${lines}x-amz-date: ${date}\r\nauthorization: ${authorization}\r\n\r\n`, body);
      if (comesAgain) made = { second, version: signing.version, wire };
      return wire;
    },
    headersAt(atMs) {
      const { outline } = outlineNow();
      const { date, authorization } = signing.stamp(outline, atMs);
      return { ...pseudo(), ...outline.form.frame.added, "x-amz-date": date, authorization };
    },
    outline: () => void outlineNow(),
  };
}

/** What signing overrules, whatever the config says of it. */
const stamped: readonly string[] = ["x-amz-date", "authorization"];

interface Outlined {
  readonly version: number;
  readonly outline: Outline;
  /** The headers up to the date. */
  readonly lines: string;
}

/** Made anew when the credentials change, and not before. */
function createOutlines(signing: Signing, signable: Signable, own: Headers): () => Outlined {
  let kept: Outlined | null = null;
  return () => {
    if (kept !== null && kept.version === signing.version) return kept;
    const outline = signing.outline(signable);
    const lines = signing.shared(linesOf({ ...own, ...outline.form.frame.added }, stamped));
    kept = { version: signing.version, outline, lines };
    return kept;
  };
}

function wireOf(head: string, body: Buffer | null): Wire {
  return body === null ? head : Buffer.concat([Buffer.from(head, "latin1"), body]);
}

const linesOf = (headers: Headers, except: readonly string[] = []): string =>
  Object.entries(headers)
    .filter(([name]) => !except.includes(name))
    .map(([name, value]) => `${mustBeOneLine(`${name}: ${value}`)}\r\n`)
    .join("");

/** @throws RangeError when what is written into the head would end its line */
function mustBeOneLine(text: string): string {
  const [line] = text.split(/[\r\n\0]/);
  // Of a header only the name is told: its value may be a secret.
  if (line !== text) throw new RangeError(`a line of a request's head holds a line end: ${text.split(/[: ]/)[0]}`);
  return text;
}

const bodyless = ["GET", "HEAD", "OPTIONS", "DELETE", "TRACE"];

/** A POST without a body says so; a GET without one says nothing (RFC 9110 §8.6). */
const contentLength = (method: string, body: Buffer | null): Headers =>
  body === null && bodyless.includes(method) ? {} : { "content-length": String(body?.length ?? 0) };
