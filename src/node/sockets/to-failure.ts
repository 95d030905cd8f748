import type { Failure, Phase } from "#core/observations/failure.ts";
import { bytes, type Ms, ms } from "#core/units.ts";
import { headerBytesMax } from "./answer-limits.ts";
import { readTlsProblem, readTlsReason } from "./tls-problem.ts";

/** Translates what Node, libuv, OpenSSL, c-ares, llhttp and nghttp2 throw; no other file reads their codes. */
export function toFailure(error: unknown, phase: Phase, elapsedMs: Ms = ms(0)): Failure {
  const { code, message } = read(error);
  const tls = readTlsProblem(code, message);
  if (tls !== null) return tls.kind === "alert" ? { kind: "tls-alert", alert: tls.alert } : { kind: "tls-not-spoken" };
  const reason = code === unexpectedEof ? null : readTlsReason(code, message);
  if (reason !== null)
    return phase === "tls" ? { kind: "tls-broken", reason } : { kind: "malformed", detail: `it breaks TLS: ${reason}` };
  if (code.startsWith("HPE_")) return brokenHttp(code, message);
  if (phase === "dns") return dnsFailure(code, message);
  if (phase === "connect" && forbidden.has(code)) return { kind: "unreachable", code };
  switch (code) {
    case "ECONNREFUSED":
      return { kind: "refused" };
    case "ECONNRESET":
      // Node says ECONNRESET of a FIN that came too early as well; only the kernel's own errors name a system call.
      return isSystemError(error) ? { kind: "reset", phase } : { kind: "closed", phase };
    case "EPIPE":
    case "ECONNABORTED":
      return { kind: "reset", phase };
    case "ETIMEDOUT":
      return { kind: "timeout", phase, afterMs: elapsedMs };
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EHOSTDOWN":
    case "ENETDOWN":
    case "ENONET":
      return { kind: "unreachable", code };
    case "EMFILE":
    case "ENFILE":
      return { kind: "file-limit", code };
    case unexpectedEof:
    case "ERR_HTTP2_GOAWAY_SESSION":
    case "ERR_HTTP2_INVALID_SESSION":
    case "ERR_HTTP2_SESSION_ERROR":
      return { kind: "closed", phase };
    case "ERR_HTTP2_STREAM_ERROR":
    case "ERR_HTTP2_STREAM_CANCEL":
      return { kind: "reset", phase };
    case "ERR_HTTP2_ERROR":
      return { kind: "malformed", detail: `it breaks HTTP/2's framing: ${message}` };
    default:
      return { kind: "other", code, message };
  }
}

/** A connection that ends without TLS's own goodbye has ended all the same. */
const unexpectedEof = "ERR_SSL_UNEXPECTED_EOF_WHILE_READING";

/** Said of a connect that this machine itself forbids: a `prohibit` or `blackhole` route, a sandbox, a firewall of its own. */
const forbidden: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EINVAL"]);

/** @param problem what `TLSSocket.authorizationError` holds: a code, although its type says otherwise */
export function certificateFailure(problem: unknown): Failure {
  const code = problem instanceof Error ? read(problem).code || problem.message : String(problem);
  return { kind: "tls-certificate", problem: certificateProblems[code] ?? "other", code };
}

type CertificateProblem = Extract<Failure, { kind: "tls-certificate" }>["problem"];

const certificateProblems: Readonly<Record<string, CertificateProblem>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: "name",
  ERR_TLS_CERT_ALTNAME_FORMAT: "name",
  HOSTNAME_MISMATCH: "name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "issuer",
  SELF_SIGNED_CERT_IN_CHAIN: "issuer",
  UNABLE_TO_GET_ISSUER_CERT: "issuer",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "issuer",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "issuer",
  CERT_UNTRUSTED: "issuer",
  CERT_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "not-yet-valid",
};

function brokenHttp(code: string, message: string): Failure {
  if (code === "HPE_HEADER_OVERFLOW") {
    return { kind: "answer-too-large", part: "headers", limitBytes: bytes(headerBytesMax) };
  }
  return { kind: "malformed", detail: `${message.replace(/^Parse Error:? ?/, "")} (${code})` };
}

/** c-ares and getaddrinfo alike: the name is not there, or nobody could be asked. */
function dnsFailure(code: string, message: string): Failure {
  switch (code) {
    case "ENOTFOUND":
    case "ENODATA":
    case "ENONAME":
    // A name that cannot be one (a label of more than 63 characters) is in no zone.
    case "EBADNAME":
      return { kind: "name-not-found", code };
    case "EMFILE":
    case "ENFILE":
      return { kind: "file-limit", code };
    case "ETIMEOUT":
    case "ESERVFAIL":
    case "EREFUSED":
    case "ECONNREFUSED":
    case "ENOTIMP":
    case "EFORMERR":
    case "EBADRESP":
    case "EAI_AGAIN":
    case "EAI_FAIL":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { kind: "resolver-unreachable", code };
    case "ECANCELLED":
      return { kind: "interrupted" };
    default:
      return { kind: "other", code, message };
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && "syscall" in error;

function read(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  return { code: "code" in error ? String(error.code) : "", message: error.message };
}
