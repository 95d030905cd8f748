/** One thing wrong with a lab target, as data; `check` must name exactly `cause` first. */
export interface Fault {
  /** As in `--fault NAME`; unique. */
  readonly name: string;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** The target kinds that can have it. */
  readonly kinds: readonly string[];
  /** Restricts it to lab targets with this auth; null: any. */
  readonly auth: "iam" | "none" | null;
  /** A code of the catalogue. */
  readonly cause: string;
  readonly effects: Effects;
}

/** How a target departs from health: every switch is off when absent. Merged left to right. */
export interface Effects {
  /** What the config says of a target that is itself well. */
  readonly config?: "timeouts-inverted";
  readonly dns?: "nxdomain" | "silent" | "public" | "one-zone";
  readonly tcp?: "drop" | "refuse" | "reset" | "one-zone-refuses" | "one-zone-drops";
  readonly tls?:
    | "wrong-name"
    | "unknown-issuer"
    | "expired"
    | "plain-http"
    | "old-version"
    /** It asks for a client certificate. */
    | "client-certificate"
    /** It speaks nothing but HTTP/2. */
    | "h2-only"
    | "reset"
    | "hang"
    /** A plain-HTTP target whose port speaks TLS. */
    | "tls-on-plain-port";
  readonly connection?:
    | "reset-on-reuse"
    | "silent-on-reuse"
    | "close-every-time"
    /** FIN a little after an answer that does not announce it: what was asked meanwhile is lost. */
    | "close-unannounced"
    | "no-answer"
    | "truncate-body"
    | "not-http"
    /** Bodies beyond a few KiB are never read to their end. */
    | "stall-large-bodies";
  /** What stands between client and front, or is wrong with the front's view of signatures. */
  readonly signing?:
    | "authorization-stripped"
    | "other-service"
    | "other-region"
    | "clock-ahead"
    | "clock-behind"
    | "path-rewritten"
    | "host-rewritten"
    | "key-unknown"
    | "token-expired"
    | "payload-hash-rewritten"
    | "open-to-anyone";
  readonly policy?:
    | "identity-silent"
    | "resource-silent"
    | "endpoint-silent"
    | "endpoint-lacks-qualified"
    | "lattice-service-silent"
    | "lattice-network-silent"
    | "identity-denies"
    | "endpoint-denies"
    | "resource-denies"
    /** Another principal than the lab's own client is allowed nothing. */
    | "reader-locked-out"
    /** Another account's principal is let in. */
    | "stranger-let-in"
    /** What is deployed is right; the files beside the config are not what is deployed. */
    | "file-outdated";
  readonly service?:
    | "function-missing"
    | "function-throws"
    | "function-times-out"
    | "function-timeout-low"
    | "function-answers-nonsense"
    | "throttled"
    | "quota-exceeded"
    | "small-payload-limit"
    | "small-header-limit"
    | "no-targets"
    | "target-unreachable"
    | "target-slow"
    | "integration-slow"
    | "api-not-identified"
    | "route-missing"
    | "service-not-associated"
    | "routing-wrong"
    | "unexpected-status"
    | "unexpected-body"
    | "behind-a-proxy";
}
