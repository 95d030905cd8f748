import type { Bytes, Ms } from "#core/units.ts";

/** Where in an exchange something went wrong; `idle`: in the silence before a request that was to go out on a kept socket. */
export type Phase = "dns" | "connect" | "tls" | "idle" | "send" | "wait" | "receive";

/**
 * What the kernel knew of the peer's TCP when a deadline passed: that it has taken all that was written; that it has, and
 * later parts of its answer came while earlier ones are missing; that it does not acknowledge what is sent to it again and
 * again; that it was taking one part after another still, none of them lost; or that it acknowledges and takes no more (a zero
 * window).
 */
export type PeerTcp = "acknowledged" | "answer-gap" | "unacknowledged" | "taking" | "window-closed";

/** Every way an exchange can end without an answer: a closed list, filled in one place (`node/sockets/to-failure.ts`). */
export type Failure =
  | { readonly kind: "name-not-found"; readonly code: string }
  | { readonly kind: "resolver-unreachable"; readonly code: string }
  /** The name resolves to addresses that `limits.allow` does not allow; no packet was sent to them. */
  | { readonly kind: "address-not-allowed"; readonly addresses: readonly string[] }
  | {
      readonly kind: "timeout";
      readonly phase: Phase;
      readonly afterMs: Ms;
      /** Absent where nothing was connected, and in records that do not tell; null where the kernel does not. */
      readonly peerTcp?: PeerTcp | null;
    }
  | { readonly kind: "refused" }
  /** No way leads to the address: this machine has none or forbids it, or a router said so by ICMP. */
  | { readonly kind: "unreachable"; readonly code: string }
  /** RST. In phase `connect`: before we had written a byte. */
  | { readonly kind: "reset"; readonly phase: Phase }
  /** FIN before the answer was complete, and before any byte of it where the phase is `wait`. */
  | { readonly kind: "closed"; readonly phase: Phase }
  | {
      readonly kind: "tls-certificate";
      readonly problem: "name" | "issuer" | "expired" | "not-yet-valid" | "other";
      readonly code: string;
    }
  /** The peer answered the ClientHello with something that is not TLS. */
  | { readonly kind: "tls-not-spoken" }
  /** A TLS alert, by its name in RFC 8446 (`protocol_version`, `handshake_failure` …). */
  | { readonly kind: "tls-alert"; readonly alert: string }
  /** What the peer sent breaks the TLS handshake; the reason is OpenSSL's (`excessive message size`). */
  | { readonly kind: "tls-broken"; readonly reason: string }
  /** The connection ended inside the body. `expectedBytes` is null where the length was not announced (chunked). */
  | { readonly kind: "truncated"; readonly expectedBytes: Bytes | null; readonly receivedBytes: Bytes }
  /** What came back is not HTTP, or breaks its framing. */
  | { readonly kind: "malformed"; readonly detail: string }
  /** More header or body bytes than the probe will hold. */
  | { readonly kind: "answer-too-large"; readonly part: "headers" | "body"; readonly limitBytes: Bytes }
  | { readonly kind: "file-limit"; readonly code: string }
  | { readonly kind: "credentials-missing"; readonly detail: string }
  | { readonly kind: "interrupted" }
  | { readonly kind: "other"; readonly code: string; readonly message: string };
