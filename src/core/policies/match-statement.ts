import type { AccessContext } from "./access.ts";
import { matchesGlob, matchesPieces } from "./glob.ts";
import { holds, type Scene } from "./match-condition.ts";
import { type Cover, matchPrincipal } from "./match-principal.ts";
import { type Condition, nameOf, type PatternElement, type PrincipalName, type Statement } from "./policy.ts";
import { expand } from "./variables.ts";

/** One element of a statement that does not fit the request. */
export interface NearMiss {
  readonly statement: Statement["ref"];
  readonly element: "Principal" | "NotPrincipal" | "Action" | "NotAction" | "Resource" | "NotResource" | "Condition";
  /** Which, against what; a whole sentence without its full stop. */
  readonly sentence: string;
}

export type Match =
  | { readonly kind: "match"; readonly cover: Cover }
  | { readonly kind: "miss"; readonly misses: readonly NearMiss[] };

type Reason = Omit<NearMiss, "statement">;

/** `a`, `a or b`, `a, b or 4 others`. */
function either(items: readonly string[]): string {
  const shown = items.slice(0, items.length > 4 ? 3 : 4);
  const all = shown.length < items.length ? [...shown, `${items.length - shown.length} others`] : shown;
  return all.length < 2 ? (all[0] ?? "nothing") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}

const showName = (name: PrincipalName): string =>
  name.kind === "everyone" ? "*" : name.kind === "arn" ? name.arn : name.written;

function missOfPrincipal({ principal }: Statement, access: AccessContext): readonly Reason[] {
  if (principal === null || matchPrincipal(principal, access.principal) !== null) return [];
  const who = access.principal.kind === "anonymous" ? "an anonymous caller" : access.principal.arn;
  const names = either(principal.names.map(showName));
  return principal.negated
    ? [{ element: "NotPrincipal", sentence: `NotPrincipal ${names} leaves out ${who}` }]
    : [{ element: "Principal", sentence: `Principal ${names} does not cover ${who}` }];
}

function missOfPattern(
  name: "Action" | "Resource",
  { negated, patterns }: PatternElement,
  found: string,
  matches: (pattern: string) => boolean,
): readonly Reason[] {
  const hit = patterns.find(matches);
  if ((hit !== undefined) !== negated) return [];
  return negated
    ? [{ element: `Not${name}`, sentence: `Not${name} ${hit} leaves out ${found}` }]
    : [{ element: name, sentence: `${name} ${either(patterns)} does not match ${found}` }];
}

function missOfCondition(condition: Condition, scene: Scene): readonly Reason[] {
  if (holds(condition, scene)) return [];
  const found = scene.context.get(condition.key.toLowerCase());
  const seen = found === undefined ? "is not in the request" : `is ${found.join(", ") || "empty"}`;
  const wanted = `${condition.operator.written} ${condition.key} ${either(condition.values)}`;
  return [{ element: "Condition", sentence: `Condition ${wanted} does not hold: ${condition.key} ${seen}` }];
}

/** Whether a statement is about a request, and if not, all the elements that keep it from being so. */
export function matchStatement(statement: Statement, access: AccessContext, scene: Scene): Match {
  const matchesResource = (pattern: string): boolean => {
    const pieces =
      scene.version === "2012-10-17" ? expand(pattern, scene.context) : [{ text: pattern, literal: false }];
    return pieces !== null && matchesPieces(pieces, access.resource);
  };
  const matchesAction = (pattern: string): boolean => matchesGlob(pattern.toLowerCase(), access.action.toLowerCase());
  const reasons = [
    ...missOfPrincipal(statement, access),
    ...missOfPattern("Action", statement.action, access.action, matchesAction),
    ...missOfPattern("Resource", statement.resource, access.resource, matchesResource),
    ...statement.conditions.flatMap((condition) => missOfCondition(condition, scene)),
  ];
  const cover = matchPrincipal(statement.principal, access.principal);
  if (reasons.length === 0 && cover !== null) return { kind: "match", cover };
  const misses = reasons.map(({ element, sentence }) => ({
    statement: statement.ref,
    element,
    sentence: `${nameOf(statement.ref)}: ${sentence}`,
  }));
  return { kind: "miss", misses };
}
