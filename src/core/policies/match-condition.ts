import type { RequestContext } from "./access.ts";
import { type Comparison, comparisons } from "./condition-operators.ts";
import type { Piece } from "./glob.ts";
import type { Condition, Policy } from "./policy.ts";
import { expand } from "./variables.ts";

/** What a condition is held against. */
export interface Scene {
  readonly context: RequestContext;
  readonly version: Policy["version"];
}

/** A variable without a value gives null: nothing equals it, so a negated operator holds. */
function wanted(value: string, comparison: Comparison, { context, version }: Scene): readonly Piece[] | null {
  return comparison.variables && version === "2012-10-17" ? expand(value, context) : [{ text: value, literal: false }];
}

/** A missing key, and one without any but empty values, is null to `Null` and to `ForAllValues`. */
const isNull = (found: readonly string[]): boolean => found.every((value) => value === "");

function compare(condition: Condition, comparison: Comparison, scene: Scene, found: readonly string[]): boolean {
  const pieces = condition.values.map((value) => wanted(value, comparison, scene));
  const matchesOne = (value: string): boolean =>
    pieces.some((piece) => piece !== null && comparison.matches(piece, value));
  const holds = (value: string): boolean => matchesOne(value) !== comparison.negated;
  switch (condition.operator.set) {
    case "all":
      return isNull(found) || found.every(holds);
    case "any":
      return found.some(holds);
    case null:
      // Single-valued by AWS's rule; should there be several, one must match, or none where the operator is negated.
      return comparison.negated ? found.every(holds) : found.some(holds);
  }
}

/**
 * Whether a condition holds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function holds(condition: Condition, scene: Scene): boolean {
  const found = scene.context.get(condition.key.toLowerCase());
  if (condition.operator.name === "Null") {
    return condition.values.some((value) => (value.toLowerCase() === "true") === isNull(found ?? []));
  }
  const comparison = comparisons[condition.operator.name];
  if (comparison === undefined) throw new RangeError(`no condition operator ${condition.operator.name}`);
  if (found === undefined) {
    if (condition.operator.ifExists || condition.operator.set === "all") return true;
    return condition.operator.set === null && comparison.negated;
  }
  return compare(condition, comparison, scene, found);
}
