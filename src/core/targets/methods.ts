const idempotent: readonly string[] = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"];

/**
 * Whether a client may send a request again by itself when its connection has failed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
 */
export const isIdempotent = (method: string): boolean => idempotent.includes(method);
