import { refusalCodes } from "#core/causes/refusal-code.ts";
import type { Failure, Phase } from "#core/observations/failure.ts";
import { statusFailure } from "#core/plan/status-failure.ts";

/** All that the Node engine tells apart: codes of the catalogue of causes. */
const codes = [
  "tcp-timeout",
  "tcp-unreachable",
  "tcp-refused",
  "tcp-reset",
  "tls-name-mismatch",
  "tls-untrusted-issuer",
  "tls-expired",
  "tls-not-spoken",
  "tls-version-refused",
  "tls-client-certificate",
  "tls-no-common-protocol",
  "tls-handshake-reset",
  "tls-handshake-timeout",
  "function-error",
  "throttled",
  "payload-too-large",
  "headers-too-large",
  "integration-timeout",
  "target-timeout",
  "unexpected-status",
  "unexpected-body",
  "stale-reuse-reset",
  "stale-reuse-silent",
  "response-timeout",
  "response-truncated",
  "protocol-error",
  "file-limit",
  "generator-saturated",
  "open-to-principal",
  "open-to-unsigned",
  ...refusalCodes,
] as const;

export type FailureCode = (typeof codes)[number];

const numbers = new Map<string, number>(codes.map((code, index) => [code, index]));

export const numberOf = (code: FailureCode): number => numbers.get(code) ?? -1;
export const codeAt = (number: number): FailureCode | null => codes[number] ?? null;

/** What is known of an exchange that ended without an answer. */
export interface Ending {
  readonly phase: Phase;
  /** Whether it went out on a connection that had served another. */
  readonly reusedSocket: boolean;
  /** Whether a byte of the response came. */
  readonly begun: boolean;
}

const codesOfAlerts: Readonly<Record<string, FailureCode>> = {
  protocol_version: "tls-version-refused",
  certificate_required: "tls-client-certificate",
  no_application_protocol: "tls-no-common-protocol",
};

/** The same words as for k6, as far as k6 lets them be told apart. */
export function codeOfFailure(failure: Failure, ending: Ending): FailureCode {
  switch (failure.kind) {
    case "refused":
      return "tcp-refused";
    case "timeout":
      return timeouts[failure.phase];
    case "reset":
    case "closed":
      return codeOfEnd(ending);
    case "tls-certificate":
      return certificates[failure.problem];
    case "tls-not-spoken":
      return "tls-not-spoken";
    case "tls-alert":
      return codesOfAlerts[failure.alert] ?? "tls-handshake-reset";
    case "tls-broken":
      return "tls-handshake-reset";
    case "malformed":
      return "protocol-error";
    case "answer-too-large":
      return failure.part === "headers" ? "headers-too-large" : "payload-too-large";
    case "file-limit":
      return "file-limit";
    case "other":
      // The machine has no port left to connect from.
      return failure.code === "EADDRNOTAVAIL" ? "generator-saturated" : codeOfEnd(ending);
    case "unreachable":
      return "tcp-unreachable";
    default:
      return codeOfEnd(ending);
  }
}

function codeOfEnd({ phase, reusedSocket, begun }: Ending): FailureCode {
  if (phase === "connect") return "tcp-reset";
  if (phase === "tls") return "tls-handshake-reset";
  return reusedSocket && !begun ? "stale-reuse-reset" : "response-truncated";
}

const timeouts = {
  dns: "tcp-timeout",
  connect: "tcp-timeout",
  tls: "tls-handshake-timeout",
  idle: "stale-reuse-silent",
  send: "response-timeout",
  wait: "response-timeout",
  receive: "response-timeout",
} as const satisfies Record<Phase, FailureCode>;

const certificates = {
  name: "tls-name-mismatch",
  issuer: "tls-untrusted-issuer",
  expired: "tls-expired",
  "not-yet-valid": "tls-expired",
  other: "tls-untrusted-issuer",
} as const satisfies Record<Extract<Failure, { kind: "tls-certificate" }>["problem"], FailureCode>;

const isCode = (code: string): code is FailureCode => numbers.has(code);

export function codeOfStatus(status: number, kind: string): FailureCode {
  const code = statusFailure(status, kind);
  return isCode(code) ? code : "unexpected-status";
}
