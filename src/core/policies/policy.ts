/** A policy document that passed `parsePolicy`: everything in it is known and will be evaluated. */
export interface Policy {
  /** Policy variables are read as such in `2012-10-17` only. */
  readonly version: "2012-10-17" | "2008-10-17";
  readonly id: string | null;
  readonly statements: readonly Statement[];
  /** The document as JSON text: as it was given, or without white space when it was given as an object. */
  readonly text: string;
}

export interface Statement {
  readonly ref: StatementRef;
  readonly effect: "Allow" | "Deny";
  /** Null in identity policies, where the principal is the identity that the policy is attached to. */
  readonly principal: PrincipalElement | null;
  readonly action: PatternElement;
  readonly resource: PatternElement;
  /** All must hold. */
  readonly conditions: readonly Condition[];
}

/** Counts from 0; sentences count from 1. */
export interface StatementRef {
  readonly index: number;
  readonly sid: string | null;
}

export interface PatternElement {
  /** `true` for NotAction and NotResource. */
  readonly negated: boolean;
  /** At least one. */
  readonly patterns: readonly string[];
}

export interface PrincipalElement {
  readonly negated: boolean;
  readonly names: readonly PrincipalName[];
}

export type PrincipalName =
  | { readonly kind: "everyone" }
  | { readonly kind: "account"; readonly account: string; readonly written: string }
  /** A role, session, user or federated user. */
  | { readonly kind: "arn"; readonly arn: string }
  /** Services, identity providers and ids of deleted principals: never somebody who calls along a private path. */
  | { readonly kind: "other"; readonly written: string };

export interface Condition {
  readonly operator: ConditionOperator;
  readonly key: string;
  /** At least one. */
  readonly values: readonly string[];
}

export interface ConditionOperator {
  /** As in the document, `ForAnyValue:StringLikeIfExists`. */
  readonly written: string;
  /** A name of the table of operators, `StringLike`. */
  readonly name: string;
  readonly set: "all" | "any" | null;
  readonly ifExists: boolean;
}

/** `Statement 2 (AllowLive)`. */
export const nameOf = ({ index, sid }: StatementRef): string =>
  sid === null ? `Statement ${index + 1}` : `Statement ${index + 1} (${sid})`;
