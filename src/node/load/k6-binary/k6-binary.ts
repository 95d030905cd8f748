/** A k6 that was asked for its version and is one that pathproof works with. */
export interface K6Binary {
  readonly path: string;
  /** `2.2.0`. */
  readonly version: string;
  readonly how: "PATHPROOF_K6" | "PATH" | "cache" | "built" | "downloaded";
}

export type K6Provision =
  | ({ readonly kind: "ok" } & K6Binary)
  /** `message` says everything that was tried and what to do. */
  | { readonly kind: "missing"; readonly message: string };

export interface K6Options {
  /** Read for PATHPROOF_K6, PATH, PATHPROOF_CACHE, XDG_CACHE_HOME, HOME, PATHPROOF_K6_RELEASES. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Lines for people while a k6 is being made: it can take minutes. */
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}
