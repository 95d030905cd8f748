import type { Credentials } from "#core/signing/credentials.ts";

/** What asking for credentials came to. */
export type CredentialsReading =
  | {
      readonly kind: "ok";
      readonly credentials: Credentials;
      /** Milliseconds since the epoch; null when the source names no end. */
      readonly expiresAtMs: number | null;
    }
  | {
      readonly kind: "missing";
      /** A whole sentence for people: what was asked, what came of it, what to do. Holds no secret. */
      readonly detail: string;
      /** Present where this process could open no file to look for any. */
      readonly fileLimit?: "EMFILE" | "ENFILE";
    };
