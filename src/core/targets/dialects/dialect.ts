import type { Fact } from "#core/facts.ts";

/** Why a front answers by itself instead of the function behind it. */
export type Refusal =
  | { readonly kind: "auth-missing" }
  | { readonly kind: "auth-incomplete"; readonly missing: string }
  | { readonly kind: "wrong-scope"; readonly problems: readonly string[] }
  | {
      readonly kind: "signature-expired";
      readonly signedAt: string;
      readonly now: string;
      readonly windowMinutes: number;
    }
  | {
      readonly kind: "signature-not-yet";
      readonly signedAt: string;
      readonly now: string;
      readonly windowMinutes: number;
    }
  | { readonly kind: "signature-mismatch"; readonly canonicalRequest: string; readonly stringToSign: string }
  | { readonly kind: "unknown-key" }
  | { readonly kind: "token-expired" }
  | { readonly kind: "payload-signed" }
  | {
      readonly kind: "denied";
      /** ARN, or `anonymous`. */
      readonly principal: string;
      readonly action: string;
      readonly resource: string;
      readonly layer: PolicyLayer;
      readonly explicit: boolean;
    }
  | { readonly kind: "not-identified" }
  | { readonly kind: "unknown-route" }
  | { readonly kind: "function-not-found"; readonly arn: string }
  | { readonly kind: "no-route" }
  | { readonly kind: "fixed"; readonly status: number }
  | { readonly kind: "throttled" }
  | { readonly kind: "quota-exceeded" }
  | { readonly kind: "payload-too-large"; readonly limitBytes: number }
  | { readonly kind: "headers-too-large" }
  | { readonly kind: "no-targets" }
  | { readonly kind: "target-unreachable" }
  | { readonly kind: "target-timeout" }
  | { readonly kind: "integration-timeout" }
  | { readonly kind: "invalid-function-response" }
  | { readonly kind: "function-error"; readonly errorType: string; readonly errorMessage: string };

/** `network` and `service` are Lattice's auth policies. */
export type PolicyLayer = "identity" | "resource" | "endpoint" | "lattice-service" | "lattice-network";

export interface Said {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** How one front words its own answers; each with its source, since much of it is nowhere documented. */
export interface Dialect {
  say(refusal: Refusal): Fact<Said>;
}
