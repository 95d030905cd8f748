import type { Fault } from "../fault.ts";
import { withPlainHttp, withTls } from "./kinds.ts";

export const tlsFaults: readonly Fault[] = [
  {
    name: "tls-name-mismatch",
    title: "The certificate is for another name",
    kinds: withTls,
    auth: null,
    cause: "tls-name-mismatch",
    effects: { tls: "wrong-name" },
  },
  {
    name: "tls-untrusted-issuer",
    title: "The certificate's issuer is not trusted",
    kinds: withTls,
    auth: null,
    cause: "tls-untrusted-issuer",
    effects: { tls: "unknown-issuer" },
  },
  {
    name: "tls-expired",
    title: "The certificate has expired",
    kinds: withTls,
    auth: null,
    cause: "tls-expired",
    effects: { tls: "expired" },
  },
  {
    name: "tls-not-spoken",
    title: "The port speaks plain HTTP where TLS is expected",
    kinds: withTls,
    auth: null,
    cause: "tls-not-spoken",
    effects: { tls: "plain-http" },
  },
  {
    name: "plain-http-to-tls-port",
    title: "The port speaks TLS where plain HTTP is expected",
    kinds: withPlainHttp,
    auth: null,
    cause: "plain-http-to-tls-port",
    effects: { tls: "tls-on-plain-port" },
  },
  {
    name: "tls-version-refused",
    title: "The port speaks no TLS newer than 1.0",
    kinds: withTls,
    auth: null,
    cause: "tls-version-refused",
    effects: { tls: "old-version" },
  },
  {
    name: "tls-handshake-reset",
    title: "The connection is reset at the ClientHello",
    kinds: withTls,
    auth: null,
    cause: "tls-handshake-reset",
    effects: { tls: "reset" },
  },
  {
    name: "tls-handshake-timeout",
    title: "The ClientHello gets no answer",
    kinds: withTls,
    auth: null,
    cause: "tls-handshake-timeout",
    effects: { tls: "hang" },
  },
];
