import { type AccessContext, contextOf } from "./access.ts";
import type { Scene } from "./match-condition.ts";
import type { Cover } from "./match-principal.ts";
import { matchStatement, type NearMiss } from "./match-statement.ts";
import type { Policy, StatementRef } from "./policy.ts";

/** What one policy says of one request. */
export type Decision =
  | {
      readonly kind: "allow";
      readonly statement: StatementRef;
      /** `account`: the caller is covered through its account only, whose own policies must allow too. */
      readonly grants: Cover;
    }
  | { readonly kind: "deny"; readonly statement: StatementRef }
  /** Neither. `why` is about the statements that could have allowed, the nearest first. */
  | { readonly kind: "silent"; readonly why: readonly NearMiss[] };

/**
 * An explicit deny wins over any allow, whatever the order of the statements.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policy: Policy, access: AccessContext): Decision {
  const scene: Scene = { context: contextOf(access), version: policy.version };
  const judged = policy.statements.map((statement) => ({
    statement,
    match: matchStatement(statement, access, scene),
  }));
  const matching = judged.flatMap(({ statement, match }) =>
    match.kind === "match" ? [{ statement, cover: match.cover }] : [],
  );
  const deny = matching.find(({ statement }) => statement.effect === "Deny");
  if (deny !== undefined) return { kind: "deny", statement: deny.statement.ref };
  const allows = matching.filter(({ statement }) => statement.effect === "Allow");
  const allow = allows.find(({ cover }) => cover === "principal") ?? allows[0];
  if (allow !== undefined) return { kind: "allow", statement: allow.statement.ref, grants: allow.cover };
  const why = judged
    .flatMap(({ statement, match }) => (statement.effect === "Allow" && match.kind === "miss" ? [match.misses] : []))
    .sort((a, b) => a.length - b.length)
    .flat();
  return { kind: "silent", why };
}
