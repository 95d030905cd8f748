/** When a request may be sent again, for every client alike. */
export const retryRule = [
  "Send a request again once, on a new connection, when all of this holds: the connection had served another before, it ended before the first byte of the answer, and the call is safe to repeat (GET, HEAD, PUT, DELETE, OPTIONS, or one with an idempotency key).",
  "A POST only when the service deduplicates it, or when nothing of it was written: a reset does not tell whether it was read. A Lambda invocation may have run.",
  "Never more than once at once: a second failure on a new connection is no stale connection.",
] as const;
