import { statusFailure } from "./status-failure.ts";

/** What k6's rows say of a request that did not go as expected. */
export interface K6Failure {
  /** 0 where there was no whole response. */
  readonly status: number;
  /** k6's `error_code`; 0 when it gave none. */
  readonly errorCode: number;
  readonly error: string;
  readonly kind: string;
  readonly secure: boolean;
  readonly reusedSocket: boolean;
  /** Whether a connection was had, its handshake done. */
  readonly connected: boolean;
  /** Whether a TCP connection came about. */
  readonly dialled: boolean;
  /** Whether a first byte of the response came. */
  readonly begun: boolean;
}

/**
 * The code of the catalogue of causes for it: the same words as for the Node engine, as far as k6 lets them be told apart.
 *
 * @see https://github.com/grafana/k6/blob/v2.2.0/lib/netext/httpext/error_codes.go
 */
export function failureCode(failure: K6Failure): string {
  if (failure.status > 0) return statusFailure(failure.status, failure.kind);
  const { errorCode, error, connected } = failure;
  // Nothing is wrong with it in k6's eyes, but its status: 000.
  if (errorCode === 0 && error === "" && connected) return "protocol-error";
  const known = byErrorCode[errorCode];
  if (known !== undefined) return known;
  if (errorCode === 1050) return timedOut(failure);
  if (errorCode >= 1100 && errorCode < 1200) return "dns-resolver-unreachable";
  if (errorCode >= 1200 && errorCode < 1300) return failure.errorCode === 1213 ? dialErrno(failure) : ended(failure);
  if (errorCode >= 1610 && errorCode < 1630) return failure.reusedSocket ? "stale-reuse-reset" : "response-truncated";
  if (errorCode >= 1630 && errorCode < 1800) return "protocol-error";
  return byText(failure);
}

const byErrorCode: Readonly<Record<number, string>> = {
  1101: "dns-name-not-found",
  1110: "dns-public-address",
  1111: "dns-public-address",
  1211: "tcp-timeout",
  1212: "tcp-refused",
  1301: "tls-not-spoken",
  1310: "tls-untrusted-issuer",
  1311: "tls-name-mismatch",
};

// k6 has one code for a request that took too long; how far it had come says where the time went.
function timedOut({ connected, dialled }: K6Failure): string {
  if (connected) return "response-timeout";
  return dialled ? "tls-handshake-timeout" : "tcp-timeout";
}

/** The peer closed or reset the connection. */
function ended({ connected, dialled, begun, reusedSocket, secure }: K6Failure): string {
  if (!connected) return dialled && secure ? "tls-handshake-reset" : "tcp-reset";
  return reusedSocket && !begun ? "stale-reuse-reset" : "response-truncated";
}

/** The machine's own limits, as numbered on Linux and as named elsewhere. */
function dialErrno({ error }: K6Failure): string {
  if (/errno 24\b|too many open files/i.test(error)) return "file-limit";
  if (/errno 99\b|assign requested address/i.test(error)) return "generator-saturated";
  if (/errno (?:1|13|22|101|113)\b|no route to host|network is unreachable/i.test(error)) return "tcp-unreachable";
  return "tcp-timeout";
}

// 1000 and 1300 are k6's words for all it does not know.
function byText(failure: K6Failure): string {
  const { error } = failure;
  if (/certificate has expired|not yet valid/.test(error)) return "tls-expired";
  if (/protocol version/.test(error)) return "tls-version-refused";
  if (/tls: certificate required/.test(error)) return "tls-client-certificate";
  if (/tls: no application protocol/.test(error)) return "tls-no-common-protocol";
  if (/server gave HTTP response to HTTPS client/.test(error)) return "tls-not-spoken";
  if (/response headers exceeded/.test(error)) return "headers-too-large";
  if (/malformed|failed to parse|bad Content-Length|too long|invalid/i.test(error)) return "protocol-error";
  return ended(failure);
}
