import type { SigningVariant } from "#core/observations/exchange.ts";
import type { RequestToSend } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";

/** `fileLimit`: present where this process could open no file to look for credentials; the system's code. */
export interface MissingCredentials {
  readonly kind: "missing";
  readonly detail: string;
  readonly fileLimit?: string;
}

/**
 * What the probe needs to know of signing: handed in, so that it never sees credentials.
 *
 * @param principal who signs; absent: whoever the config's `credentials` are
 */
export type SignRequest = (
  target: Target,
  request: RequestToSend,
  variant: SigningVariant,
  principal?: string,
) => Promise<SignedHeaders | MissingCredentials>;

export interface SignedHeaders {
  readonly kind: "signed";
  /** To be added to the request; none when it goes unsigned. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the signature is in the query: what is sent in place of the request's own path and headers. */
  readonly instead?: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
  /** Without the session token; null when unsigned. */
  readonly canonicalRequest: string | null;
  /** Whatever must not be kept of a reply: secret key, token, signature. */
  readonly secrets: readonly string[];
  /** Whether AWS's own signer signs the same request the same way; null where that says nothing (unsigned, wrong on purpose). */
  readonly agreesWithReference: (() => Promise<boolean>) | null;
}
