/** A request as it will go out, before signing. */
export interface Signable {
  readonly method: string;
  /** The `Host` header exactly as sent, with the port where one is sent. */
  readonly host: string;
  /** Path and query as on the wire: already percent-encoded. */
  readonly path: string;
  /**
   * Lower-case names. `host`, `authorization` and what signing adds are overruled; `x-amz-content-sha256` is taken as the
   * payload hash when it is there.
   */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

export interface Signed {
  /** Those to add to the request, `authorization` among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Holds the session token: see `redactCanonical`. */
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** Hex. */
  readonly signature: string;
}
