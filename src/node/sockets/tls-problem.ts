/** Alerts by their names in RFC 8446 §6 and the earlier RFCs it takes them from. */
const alerts = new Set([
  "close_notify",
  "unexpected_message",
  "bad_record_mac",
  "decryption_failed",
  "record_overflow",
  "decompression_failure",
  "handshake_failure",
  "no_certificate",
  "bad_certificate",
  "unsupported_certificate",
  "certificate_revoked",
  "certificate_expired",
  "certificate_unknown",
  "illegal_parameter",
  "unknown_ca",
  "access_denied",
  "decode_error",
  "decrypt_error",
  "export_restriction",
  "protocol_version",
  "insufficient_security",
  "internal_error",
  "inappropriate_fallback",
  "user_canceled",
  "user_cancelled",
  "no_renegotiation",
  "missing_extension",
  "unsupported_extension",
  "certificate_unobtainable",
  "unrecognized_name",
  "bad_certificate_status_response",
  "bad_certificate_hash_value",
  "unknown_psk_identity",
  "certificate_required",
  "no_application_protocol",
]);

/** What OpenSSL says when the peer chose a version that we do not offer: we then refuse, instead of the peer. */
const versionRefused = new Set([
  "UNSUPPORTED_PROTOCOL",
  "WRONG_SSL_VERSION",
  "VERSION_TOO_LOW",
  "VERSION_TOO_HIGH",
  "UNSUPPORTED_SSL_VERSION",
]);

/** What it says when the first bytes of the answer are no TLS record. */
const notTls = new Set([
  "WRONG_VERSION_NUMBER",
  "PACKET_LENGTH_TOO_LONG",
  "RECORD_LENGTH_MISMATCH",
  "UNKNOWN_PROTOCOL",
  "HTTP_REQUEST",
  "HTTPS_PROXY_REQUEST",
  "BAD_RECORD_TYPE",
  "RECORD_TOO_SMALL",
]);

export type TlsProblem = { readonly kind: "alert"; readonly alert: string } | { readonly kind: "not-tls" };

/**
 * Reads OpenSSL's reason, as Node writes it into a code (`ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION`) or, for an error while
 * writing, into the message of an `EPROTO` (`…:SSL routines:ssl3_get_record:wrong version number:…`); null when it tells
 * of neither an alert nor another protocol.
 */
export function readTlsProblem(code: string, message: string): TlsProblem | null {
  const reason = reasonOf(code, message);
  if (notTls.has(reason)) return { kind: "not-tls" };
  if (versionRefused.has(reason)) return { kind: "alert", alert: "protocol_version" };
  const [, name = ""] = /^(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?(\w+)$/.exec(reason) ?? [];
  const alert = name.toLowerCase();
  return alerts.has(alert) ? { kind: "alert", alert } : null;
}

/** OpenSSL's reason in its own words (`excessive message size`); null when the error is none of OpenSSL's. */
export function readTlsReason(code: string, message: string): string | null {
  const reason = reasonOf(code, message).toLowerCase().replaceAll("_", " ");
  return reason === "" ? null : reason;
}

const reasonOf = (code: string, message: string): string =>
  code.startsWith("ERR_SSL_") ? code.slice("ERR_SSL_".length) : reasonIn(message);

const reasonIn = (message: string): string => {
  const [, reason = ""] = /:SSL routines:[^:]*:([^:]+)/.exec(message) ?? [];
  return reason.trim().toUpperCase().replaceAll(" ", "_");
};
