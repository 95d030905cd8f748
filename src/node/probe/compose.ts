import type { Sent } from "#core/observations/exchange.ts";
import { isSecretHeader, redact } from "#core/observations/redact.ts";
import type { RequestToSend, Step } from "#core/observations/step.ts";
import type { SignRequest } from "#core/signing/sign-request.ts";
import type { Target } from "#core/targets/target.ts";
import { bytes, type Ms } from "#core/units.ts";
import { toFailure } from "#node/sockets/to-failure.ts";
import { failed, type Got, got } from "./got.ts";

/** A request down to its last header, ready to be written. */
export interface ComposedRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names, in the order they are written. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly canonicalRequest: string | null;
  /** Whatever must not be kept of a reply. */
  readonly secrets: readonly string[];
  readonly agreesWithReference: (() => Promise<boolean>) | null;
}

export const requestOf = (target: Target, step: Step): RequestToSend => step.request ?? target.requests[0];

/** Signs a request and puts its headers together: those, and no others, are sent. */
export async function compose(
  sign: SignRequest,
  target: Target,
  request: RequestToSend,
  { signing, principal }: Pick<Step, "signing" | "principal">,
): Promise<Got<ComposedRequest>> {
  try {
    const signed = await sign(target, request, signing, principal);
    if (signed.kind === "missing")
      return signed.fileLimit === undefined
        ? failed({ kind: "credentials-missing", detail: signed.detail })
        : failed({ kind: "file-limit", code: signed.fileLimit });
    const secrets = [...signed.secrets, ...secretHeaders(request.headers)];
    const { path, headers } = signed.instead ?? request;
    const body = request.body === null ? null : Buffer.from(request.body, "utf8");
    return got({
      method: request.method,
      path,
      headers: {
        host: target.hostHeader,
        "user-agent": "pathproof",
        ...contentLength(request.method, body),
        ...headers,
        ...signed.headers,
      },
      body,
      canonicalRequest: signed.canonicalRequest === null ? null : redact(secrets, signed.canonicalRequest),
      secrets,
      agreesWithReference: signed.agreesWithReference,
    });
  } catch (error) {
    return failed(toFailure(error, "send"));
  }
}

/** What a config took from the environment for headers such as these must not come back in a reply's echo. */
const secretHeaders = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) => (isSecretHeader(name) && value.length >= 4 ? [value] : []));

const bodyless = ["GET", "HEAD", "OPTIONS", "DELETE", "TRACE"];

/** A POST without a body says so; a GET without one says nothing (RFC 9110 §8.6). */
function contentLength(method: string, body: Buffer | null): Readonly<Record<string, string>> {
  if (body === null && bodyless.includes(method)) return {};
  return { "content-length": String(body?.length ?? 0) };
}

/**
 * What a report may show of a request; `composed` is null when none was made.
 *
 * @param agrees see `Sent.agreesWithReference`
 */
export function showSent(target: Target, step: Step, composed: ComposedRequest | null, agrees: boolean | null): Sent {
  const { method, path } = requestOf(target, step);
  const secrets = composed?.secrets ?? [];
  const { socket } = step;
  const keptAfterMs: Ms | null = socket.kind === "kept" ? socket.idleBeforeMs : null;
  const tcpKeepAliveMs = socket.kind === "fresh" ? socket.tcpKeepAliveMs : undefined;
  return {
    until: step.until,
    keptAfterMs,
    ...(tcpKeepAliveMs === undefined ? {} : { tcpKeepAliveMs }),
    signing: step.signing,
    ...(step.principal === undefined ? {} : { principal: step.principal }),
    method,
    path: redact(secrets, path),
    host: target.hostHeader,
    bodyBytes: bytes(composed?.body?.length ?? 0),
    headerBytes: bytes(composed === null ? 0 : headerBytes(composed)),
    canonicalRequest: composed?.canonicalRequest ?? null,
    ...(agrees === null ? {} : { agreesWithReference: agrees }),
  };
}

/** As HTTP/1.1 writes them; HTTP/2 compresses them, so that its true count depends on what went before. */
function headerBytes({ method, path, headers }: ComposedRequest): number {
  const lines = [`${method} ${path} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return Buffer.byteLength(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
