import type { Bytes, Ms } from "#core/units.ts";
import type { Failure } from "./failure.ts";

/**
 * One request and what came of it, phase by phase: the seam between the wire and every judgement. Saved as one line of
 * `observations.ndjson`; holds no secret key, token or signature.
 */
export interface Exchange {
  readonly target: string;
  /** The check whose script asked, and the step of that script. */
  readonly check: string;
  readonly step: string;
  /** When the step began, ISO 8601 in UTC. */
  readonly at: string;
  readonly sent: Sent;
  /** All addresses the name resolved to, in the order given; pins and literal addresses count as given. */
  readonly addresses: readonly string[];
  /** How many addresses a step that asks at each of them left out, beyond `addressesMax`; absent: none. */
  readonly leftOut?: number;
  /** The address this exchange used; null when it never got that far. */
  readonly address: string | null;
  readonly connection: Connection | null;
  readonly tls: TlsFacts | null;
  readonly phases: Phases;
  readonly outcome: Outcome;
}

/** What was sent, as far as it may be shown. */
export interface Sent {
  readonly until: Until;
  /**
   * The silence after which the socket of the previous step was to serve again; null where a fresh one was asked for.
   * `connection.reusedSocket` says whether it did. Absent in records that do not tell.
   */
  readonly keptAfterMs?: Ms | null;
  /** After so much silence the kernel sent TCP keep-alive probes on this socket; absent: none were sent. */
  readonly tcpKeepAliveMs?: Ms;
  readonly signing: SigningVariant;
  /** Who was to sign; absent: whoever the config's `credentials` are. */
  readonly principal?: string;
  readonly method: string;
  /** Path and query as on the wire. */
  readonly path: string;
  readonly host: string;
  readonly bodyBytes: Bytes;
  /** Request line and headers as written, `authorization` and token included in the count only. */
  readonly headerBytes: Bytes;
  /** The canonical request that was signed, the session token's value replaced; null when unsigned. */
  readonly canonicalRequest: string | null;
  /** Asked only when a correctly signed request was refused: whether AWS's own signer signs it the same way. */
  readonly agreesWithReference?: boolean | null;
}

/** How far a step goes: name resolution, TCP connection, TLS handshake, or a whole answer. */
export type Until = "resolved" | "connected" | "secured" | "answered";

/**
 * How a request is signed: correctly, not at all, or wrong in exactly one way; `presigned…`: in its query, where a signature
 * can be handed on, and lives as long as it says.
 */
export type SigningVariant =
  | "unsigned"
  | "correct"
  | "wrong-service"
  | "wrong-region"
  | "skewed-clock"
  | "early-clock"
  | "other-host"
  | "other-body"
  | "tampered"
  | "unknown-key"
  | "missing-token"
  | "ended-session"
  | "signed-payload"
  | PresignedVariant;

export type HeaderVariant = Exclude<SigningVariant, PresignedVariant>;

export type PresignedVariant =
  | "presigned"
  | "presigned-expired"
  | "presigned-other-service"
  | "presigned-without-token";

export interface Connection {
  /** Counts up within a run; the same number is the same socket. */
  readonly id: number;
  /** Whether the request went out on a socket that had served another before (Node's own word). */
  readonly reusedSocket: boolean;
  /** Requests this socket had served before this one. */
  readonly requestsBefore: number;
  /** Since the socket was connected, when this request was written; or, where the peer had ended it by then, when it did. */
  readonly ageMs: Ms;
  /** Since the last byte of an answer was read on it, until the same moment; null on a fresh socket. */
  readonly idleMs: Ms | null;
  /** What the peer sent on it that nobody had asked for; absent: nothing, or nothing is known of it. */
  readonly unasked?: Unasked;
  readonly localPort: number;
  readonly remotePort: number;
  readonly protocol: "http/1.1" | "h2";
}

/** Heard on a kept socket while no request was under way. */
export interface Unasked {
  readonly bytes: Bytes;
  /** How those bytes began, as text: `HTTP/1.1 408 Request Timeout`. */
  readonly text: string;
  /** HTTP/2: whether a GOAWAY came, and how many PINGs. */
  readonly goaway: boolean;
  readonly pings: number;
}

export interface TlsFacts {
  readonly version: string;
  readonly cipher: string;
  readonly alpn: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly altNames: readonly string[];
  /** ISO 8601 in UTC. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly fingerprint256: string;
}

/** Milliseconds of each phase; null where the phase did not take place (a reused socket neither connects nor shakes hands). */
export interface Phases {
  readonly dnsMs: Ms | null;
  readonly connectMs: Ms | null;
  readonly tlsMs: Ms | null;
  /** First to last byte of the request handed to the kernel. */
  readonly sendMs: Ms | null;
  /** Last byte of the request written to first byte of the response read. */
  readonly waitMs: Ms | null;
  /** First to last byte of the response. */
  readonly receiveMs: Ms | null;
  /** First byte of the request written to last byte of the response read; null unless answered. */
  readonly serviceMs: Ms | null;
  /** From the start of the step to its outcome, idling before it left out. */
  readonly totalMs: Ms;
}

/** What the world did; a failure is a value, and may be what a check hopes for. */
export type Outcome =
  | { readonly kind: "resolved" }
  | { readonly kind: "connected" }
  | { readonly kind: "secured" }
  | Answered
  | { readonly kind: "failed"; readonly failure: Failure };

export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names, in the order received, repeats kept. */
  readonly headers: readonly (readonly [string, string])[];
  /** The body as text, at most `bodyKeptMax` bytes of it, secrets of this run replaced by `[redacted]`. */
  readonly body: string;
  readonly bodyBytes: Bytes;
  /** Hex, of the whole body. */
  readonly bodySha256: string;
  /** `false` when the peer announced that it would close (`Connection: close`, HTTP/1.0, GOAWAY). */
  readonly keptAlive: boolean;
}

/** As much of a body as is kept for people and causes to read. */
export const bodyKeptMax = 16_384;

/** The first value of a response header, or null. */
export function header(outcome: Outcome, name: string): string | null {
  if (outcome.kind !== "answered") return null;
  return outcome.headers.find(([key]) => key === name)?.[1] ?? null;
}
