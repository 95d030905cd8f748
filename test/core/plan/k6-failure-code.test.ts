import { expect, test } from "vitest";
import { causes } from "#core/causes/index.ts";
import { failureCode, type K6Failure } from "#core/plan/k6-failure-code.ts";

const failure: K6Failure = {
  status: 0,
  errorCode: 1000,
  error: "",
  kind: "http",
  secure: false,
  reusedSocket: false,
  connected: true,
  dialled: true,
  begun: false,
};
const early = { connected: false };

const table: readonly (readonly [string, Partial<K6Failure>, string])[] = [
  ["EOF on a reused connection", { error: "EOF", reusedSocket: true }, "stale-reuse-reset"],
  [
    "EOF on a reused connection, within the answer",
    { error: "unexpected EOF", reusedSocket: true, begun: true },
    "response-truncated",
  ],
  ["EOF on a new connection", { error: "EOF" }, "response-truncated"],
  ["EOF within the handshake", { ...early, error: "EOF", secure: true }, "tls-handshake-reset"],
  ["reset on a reused connection", { errorCode: 1220, reusedSocket: true }, "stale-reuse-reset"],
  ["broken pipe on a reused connection", { errorCode: 1201, reusedSocket: true }, "stale-reuse-reset"],
  ["reset while dialling", { ...early, errorCode: 1220, dialled: false }, "tcp-reset"],
  ["reset within the handshake", { ...early, errorCode: 1220, secure: true }, "tls-handshake-reset"],
  ["time over before a connection", { ...early, errorCode: 1050, dialled: false }, "tcp-timeout"],
  ["time over within the handshake", { ...early, errorCode: 1050, secure: true }, "tls-handshake-timeout"],
  ["time over while waiting", { errorCode: 1050 }, "response-timeout"],
  ["no such name", { ...early, errorCode: 1101 }, "dns-name-not-found"],
  ["no answer of DNS", { ...early, errorCode: 1100 }, "dns-resolver-unreachable"],
  ["a blocked address", { ...early, errorCode: 1110 }, "dns-public-address"],
  ["dial timeout", { ...early, errorCode: 1211 }, "tcp-timeout"],
  ["dial refused", { ...early, errorCode: 1212 }, "tcp-refused"],
  [
    "out of files",
    { ...early, errorCode: 1213, error: "dial: unknown errno 24 with msg `too many open files`" },
    "file-limit",
  ],
  [
    "out of ports",
    { ...early, errorCode: 1213, error: "dial: unknown errno 99 with msg `cannot assign requested address`" },
    "generator-saturated",
  ],
  ["not TLS", { ...early, errorCode: 1301 }, "tls-not-spoken"],
  ["unknown issuer", { ...early, errorCode: 1310 }, "tls-untrusted-issuer"],
  ["another name", { ...early, errorCode: 1311 }, "tls-name-mismatch"],
  ["expired", { ...early, error: "x509: certificate has expired or is not yet valid: current time …" }, "tls-expired"],
  ["mutual TLS", { ...early, error: "remote error: tls: certificate required" }, "tls-client-certificate"],
  ["HTTP/2 only", { ...early, error: "remote error: tls: no application protocol" }, "tls-no-common-protocol"],
  ["an old version", { ...early, error: "remote error: tls: protocol version not supported" }, "tls-version-refused"],
  ["GOAWAY on a reused connection", { errorCode: 1611, reusedSocket: true }, "stale-reuse-reset"],
  ["an h2 stream error", { errorCode: 1633 }, "protocol-error"],
  [
    "nonsense for HTTP",
    { error: "net/http: HTTP/1.x transport connection broken: malformed HTTP response" },
    "protocol-error",
  ],
  ["413", { status: 413, errorCode: 1413 }, "payload-too-large"],
  ["429", { status: 429, errorCode: 1429 }, "throttled"],
  ["431", { status: 431, errorCode: 1431 }, "headers-too-large"],
  ["504 of API Gateway", { status: 504, errorCode: 1504, kind: "api-gateway" }, "integration-timeout"],
  ["504 of a load balancer", { status: 504, errorCode: 1504, kind: "alb" }, "target-timeout"],
  ["504 of anyone", { status: 504, errorCode: 1504 }, "unexpected-status"],
  ["a 200 where 403 was expected", { status: 200, errorCode: 0 }, "unexpected-status"],
];

test.each(table)("%s is named as the catalogue names it", (_what, over, code) => {
  expect(failureCode({ ...failure, ...over })).toBe(code);
  expect(causes.map((cause) => cause.code)).toContain(code);
});
