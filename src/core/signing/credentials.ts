/** What a signature is made with. The two secret members never reach a file, a log, argv or an error. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null for long-term keys. */
  readonly sessionToken: string | null;
}

/** Those of a moment, or in a sentence why there are none. */
export type CredentialsNow =
  | { readonly kind: "ok"; readonly credentials: Credentials }
  | { readonly kind: "missing"; readonly detail: string };
