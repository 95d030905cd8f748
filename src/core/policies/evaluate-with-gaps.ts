import { type AccessContext, contextOf } from "./access.ts";
import type { Decision } from "./evaluate.ts";
import type { Scene } from "./match-condition.ts";
import type { Cover } from "./match-principal.ts";
import { matchStatement, type NearMiss } from "./match-statement.ts";
import type { Condition, PatternElement, Policy, PrincipalElement, Statement } from "./policy.ts";
import { variablesIn } from "./variables.ts";

/** What is not known of a request: neither what it is, nor that it is absent. */
export interface Gaps {
  /** Of a condition key, in lower case. */
  isKnown(key: string): boolean;
  /** Null: known. Else what is known of who calls, in a few words. */
  readonly principal: string | null;
  /** What the ARNs of the caller's sessions begin with, where which session it is is not known. */
  readonly sessionsOf: string | null;
  readonly resource: string | null;
}

/** Every decision that a policy can come to, whatever fills the gaps. */
export interface PossibleDecisions {
  readonly decisions: readonly Decision[];
  /** What the gaps are that matter. */
  readonly missing: readonly string[];
}

/** Whether a statement is about a request; `maybe`: by what is not known of it. */
export type Match3 =
  | { readonly kind: "match"; readonly cover: Cover }
  | { readonly kind: "maybe"; readonly cover: Cover; readonly missing: readonly string[] }
  | { readonly kind: "miss"; readonly misses: readonly NearMiss[] };

export interface Judged {
  readonly statement: Statement;
  readonly match: Match3;
}

/** Every statement by itself, in the order of the document. */
export function judgeStatements(policy: Policy, access: AccessContext, gaps: Gaps): readonly Judged[] {
  const scene: Scene = { context: contextOf(access), version: policy.version };
  return policy.statements.map((statement) => ({ statement, match: match(statement, access, scene, gaps) }));
}

export function evaluateWithGaps(policy: Policy, access: AccessContext, gaps: Gaps): PossibleDecisions {
  const judged = judgeStatements(policy, access, gaps);
  const denies = judged.filter(({ statement }) => statement.effect === "Deny");
  const deny = denies.find((one) => one.match.kind === "match");
  if (deny !== undefined) return { decisions: [{ kind: "deny", statement: deny.statement.ref }], missing: [] };
  const mayDeny = denies.filter(isMaybe);
  const allows = judged.filter(({ statement }) => statement.effect === "Allow");
  const mayAllow = allows.filter(isMaybe);
  const sure = allows.flatMap(({ statement, match }) =>
    match.kind === "match" ? [allow(statement, match.cover)] : [],
  );
  const byName = sure.find(({ grants }) => grants === "principal");
  const possible = byName === undefined ? mayAllow : [];
  return {
    decisions: [
      ...mayDeny.slice(0, 1).map(({ statement }): Decision => ({ kind: "deny", statement: statement.ref })),
      ...possible.map(({ statement, match }) => allow(statement, match.cover)),
      ...(byName === undefined ? sure.slice(0, 1) : [byName]),
      ...(sure.length === 0 ? [silent(allows)] : []),
    ],
    missing: [...mayDeny, ...possible].flatMap((one) => one.match.missing),
  };
}

const isMaybe = (one: Judged): one is Judged & { readonly match: Extract<Match3, { kind: "maybe" }> } =>
  one.match.kind === "maybe";

const allow = (statement: Statement, grants: Cover): Extract<Decision, { kind: "allow" }> => ({
  kind: "allow",
  statement: statement.ref,
  grants,
});

const silent = (allows: readonly Judged[]): Decision => ({
  kind: "silent",
  why: allows
    .flatMap(({ match }) => (match.kind === "miss" ? [match.misses] : []))
    .sort((a, b) => a.length - b.length)
    .flat(),
});

/** A statement that fits with whatever hangs on a gap left out of it may fit; one that does not fit even so cannot. */
function match(statement: Statement, access: AccessContext, scene: Scene, gaps: Gaps): Match3 {
  const certain = strip(statement, gaps);
  const found = matchStatement(certain.statement, access, scene);
  if (found.kind === "miss") return found;
  return certain.missing.length === 0 ? found : { ...found, kind: "maybe", missing: certain.missing };
}

interface Stripped {
  readonly statement: Statement;
  readonly missing: readonly string[];
}

function strip(statement: Statement, gaps: Gaps): Stripped {
  const unknownIn = (texts: readonly string[]): readonly string[] =>
    texts.flatMap(variablesIn).filter((key) => !gaps.isKnown(key.toLowerCase()));
  const ofCondition = ({ key, values }: Condition): readonly string[] => [
    ...(gaps.isKnown(key.toLowerCase()) ? [] : [key]),
    ...unknownIn(values),
  ];
  const unsure = statement.conditions.filter((one) => ofCondition(one).length > 0);
  const who = hangsOnCaller(statement.principal, gaps);
  const what = hangsOnResource(statement.resource) ? gaps.resource : null;
  const inResource = unknownIn(statement.resource.patterns);
  return {
    statement: {
      ...statement,
      principal: who === null ? statement.principal : everyone,
      resource: what === null && inResource.length === 0 ? statement.resource : everything,
      conditions: statement.conditions.filter((one) => !unsure.includes(one)),
    },
    missing: [
      ...(who === null ? [] : [who]),
      ...(what === null ? [] : [what]),
      ...inResource,
      ...unsure.flatMap(ofCondition),
    ],
  };
}

const everyone: PrincipalElement = { negated: false, names: [{ kind: "everyone" }] };
const everything: PatternElement = { negated: false, patterns: ["*"] };

/** Everyone is everyone, whoever calls; services and the like are nobody who calls along a private path. */
function hangsOnCaller(principal: PrincipalElement | null, { principal: unknown, sessionsOf }: Gaps): string | null {
  if (principal === null || principal.names.some(({ kind }) => kind === "everyone")) return null;
  if (unknown !== null) return principal.names.some(({ kind }) => kind !== "other") ? unknown : null;
  const session = principal.names.some(
    (name) => name.kind === "arn" && sessionsOf !== null && name.arn.startsWith(sessionsOf),
  );
  return session ? "which session of its role the caller is" : null;
}

const hangsOnResource = ({ patterns }: PatternElement): boolean => !patterns.includes("*");
