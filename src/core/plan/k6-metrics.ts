/**
 * What scenarios write inside k6 and the stream reads outside: tags, metadata and metrics by name.
 *
 * Tags and metadata ride on k6's own rows, so they cost no row of their own. Tags that a k6 scenario carries in its options
 * (`scenarios.x.tags`) are on every row of it, `dropped_iterations` included; that is where target, auth and phase belong.
 */
export const tags = {
  /** A target's id. Rows without it are given to the plan's only target, or counted as untagged. */
  target: "target",
  auth: "auth",
  /** `warmup` or `measured`; absent: measured. */
  phase: "phase",
  /** The request's name: never its URL, which a signed query makes unique. */
  name: "name",
  /** `1` where HTTP does not let a client send the request's method again unasked; absent: it does. */
  once: "once",
  /** On `metrics.failed`: a code of the catalogue of causes. */
  failure: "failure",
  /** On `metrics.refused`: who refused. */
  refuser: "refuser",
} as const;

/** Set by `exec.vu.metrics.metadata[…] = "…"` before a request; not indexed by k6, so values may be unique. */
export const metadata = {
  /** When the request was due: milliseconds since the epoch, fractions allowed. Absent: the workload has no due times. */
  due: "due",
  /** `1` while requests are sent with `Connection: close` on purpose: what follows could not have reused it. */
  closing: "closing",
} as const;

export const metrics = {
  /**
   * Counter, by the VU that sent the request, after its answer and before its next request: judged by what k6 cannot see (an
   * error of the function behind a 200, an unexpected body, who refused). `tags.failure` says which code.
   */
  failed: "pathproof_failed",
  /**
   * Counter, by the VU that sent the request, in place of the rows that k6 writes for any other: it has none for an answer that it
   * throws away. `tags.failure` says which code.
   */
  lost: "pathproof_lost",
  /** Counter, as `failed`: refused, as it should be. `tags.refuser` says by whom, which k6's rows cannot tell. */
  refused: "pathproof_refused",
  /** Counter: iterations that ended in an exception, which k6 itself passes over with exit code 0. Tag `message`. */
  exceptions: "pathproof_exceptions",
} as const;

/** k6's own tags that the stream reads; `vu` comes as metadata. More of them make every row longer. */
export const systemTags: readonly string[] = ["error", "error_code", "expected_response", "ip", "status", "vu"];

/** The tag that says which HTTP it was; read only where a target asks for h2. */
export const protocolTag = "proto";
