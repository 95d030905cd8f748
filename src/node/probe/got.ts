import type { Failure } from "#core/observations/failure.ts";

/** What one phase gave: a value for the next one, or the failure that ends the exchange. */
export type Got<T> = { readonly kind: "got"; readonly value: T } | Failed;

export interface Failed {
  readonly kind: "failed";
  readonly failure: Failure;
}

export const got = <T>(value: T): Got<T> => ({ kind: "got", value });
export const failed = (failure: Failure): Failed => ({ kind: "failed", failure });
