import { describe, expect, test } from "vitest";
import type { Failure } from "#core/observations/failure.ts";
import { ms } from "#core/units.ts";
import { readAltNames } from "#node/probe/tls-facts.ts";
import { certificateFailure, toFailure } from "#node/sockets/to-failure.ts";

const system = (code: string): Error =>
  Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code, syscall: "connect" });
const other = (code: string, message = "said so"): Error => Object.assign(new Error(message), { code });

describe("toFailure()", () => {
  test.each<[Error, Failure]>([
    [system("ECONNREFUSED"), { kind: "refused" }],
    [system("EHOSTUNREACH"), { kind: "unreachable", code: "EHOSTUNREACH" }],
    [system("ENETUNREACH"), { kind: "unreachable", code: "ENETUNREACH" }],
    [system("EMFILE"), { kind: "file-limit", code: "EMFILE" }],
    [system("ENFILE"), { kind: "file-limit", code: "ENFILE" }],
    [system("ECONNRESET"), { kind: "reset", phase: "connect" }],
    [system("ETIMEDOUT"), { kind: "timeout", phase: "connect", afterMs: ms(127_000) }],
    [system("EADDRNOTAVAIL"), { kind: "other", code: "EADDRNOTAVAIL", message: "connect EADDRNOTAVAIL 10.0.0.1:443" }],
    [other("ECONNRESET", "socket hang up"), { kind: "closed", phase: "connect" }],
  ])("knows a system error: %s", (error, failure) => {
    expect(toFailure(error, "connect", ms(127_000))).toEqual(failure);
  });

  test.each<[string, string, Failure]>([
    ["ERR_SSL_WRONG_VERSION_NUMBER", "", { kind: "tls-not-spoken" }],
    ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "", { kind: "tls-not-spoken" }],
    [
      "EPROTO",
      "write EPROTO 80EB:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/ssl3_record.c:354:\n",
      { kind: "tls-not-spoken" },
    ],
    [
      "EPROTO",
      "write EPROTO 80EB:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../s3.c:1605:SSL alert number 40\n",
      { kind: "tls-alert", alert: "handshake_failure" },
    ],
    ["ERR_SSL_UNSUPPORTED_PROTOCOL", "", { kind: "tls-alert", alert: "protocol_version" }],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "", { kind: "tls-alert", alert: "protocol_version" }],
    ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "", { kind: "tls-alert", alert: "handshake_failure" }],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "", { kind: "tls-alert", alert: "certificate_required" }],
    ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "", { kind: "tls-alert", alert: "unrecognized_name" }],
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "", { kind: "tls-alert", alert: "unknown_ca" }],
    ["ERR_SSL_DH_KEY_TOO_SMALL", "weak", { kind: "tls-broken", reason: "dh key too small" }],
    ["ERR_SSL_EXCESSIVE_MESSAGE_SIZE", "", { kind: "tls-broken", reason: "excessive message size" }],
  ])("knows what OpenSSL says: %s %s", (code, message, failure) => {
    expect(toFailure(other(code, message), "tls")).toEqual(failure);
  });

  test("knows TLS that breaks after its handshake", () => {
    const failure = toFailure(other("ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", ""), "receive");
    expect(failure).toEqual({ kind: "malformed", detail: "it breaks TLS: decryption failed or bad record mac" });
  });

  test("gives what it does not know as it is", () => {
    expect(toFailure("a text", "wait")).toEqual({ kind: "other", code: "", message: "a text" });
    expect(toFailure(undefined, "wait")).toEqual({ kind: "other", code: "", message: "undefined" });
  });

  test.each([
    ["SELF_SIGNED_CERT_IN_CHAIN", "issuer"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "issuer"],
    ["CERT_REVOKED", "other"],
  ])("knows a certificate's problem: %s", (code, problem) => {
    expect(certificateFailure(code)).toEqual({ kind: "tls-certificate", problem, code });
  });
});

describe("readAltNames()", () => {
  test.each([
    ["", []],
    ["DNS:a.test", ["a.test"]],
    [
      "DNS:a.test, DNS:*.b.test, IP Address:10.0.0.1, URI:spiffe://x/y",
      ["a.test", "*.b.test", "10.0.0.1", "spiffe://x/y"],
    ],
    ['DNS:"a.test, DNS:evil.test", DNS:b.test', ["a.test, DNS:evil.test", "b.test"]],
  ])("reads %j", (text, names) => {
    expect(readAltNames(text)).toEqual(names);
  });
});
