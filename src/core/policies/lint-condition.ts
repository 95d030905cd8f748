import { spellingOf } from "./condition-keys.ts";
import { everyLayer, type Lint, latticeLayers } from "./lint.ts";
import type { Condition, Policy, Statement } from "./policy.ts";

const operators =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const multivalued =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html";
const authPolicies = "https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html";

const eachCondition = (policy: Policy, message: (condition: Condition, statement: Statement) => string | null) =>
  policy.statements.flatMap((statement) =>
    statement.conditions.flatMap((condition) => {
      const found = message(condition, statement);
      return found === null ? [] : [{ statement: statement.ref, message: found }];
    }),
  );

const hasWildcard = (value: string): boolean => /[*?]/.test(value.replaceAll(/\$\{[^}]*\}/g, ""));

const isAsked = (statement: Statement, key: string): boolean =>
  statement.conditions.some(
    ({ operator, key: other }) => operator.name === "Null" && other.toLowerCase() === key.toLowerCase(),
  );

export const conditionLints: readonly Lint[] = [
  {
    layers: everyLayer,
    source: operators,
    look: (policy) =>
      eachCondition(policy, ({ operator, key, values }) => {
        const value = /^String(Not)?Equals/.test(operator.name) ? values.find(hasWildcard) : undefined;
        return value === undefined
          ? null
          : `Its ${operator.written} takes the wildcard in ${value} for ${key} literally: use StringLike or StringNotLike.`;
      }),
  },
  {
    layers: everyLayer,
    source: multivalued,
    look: (policy) =>
      eachCondition(policy, ({ operator, key }, statement) =>
        operator.set === "all" && statement.effect === "Allow" && !isAsked(statement, key)
          ? `Its ${operator.written} also holds when ${key} is not in the request: add "Null": {"${key}": "false"}.`
          : null,
      ),
  },
  {
    layers: ["identity", "resource", "endpoint"],
    source: operators,
    look: (policy) =>
      eachCondition(policy, ({ key }) =>
        key.toLowerCase() === "aws:sourceip"
          ? "Its aws:SourceIp is not in requests that come through a VPC endpoint: use aws:VpcSourceIp, aws:SourceVpc or aws:SourceVpce."
          : null,
      ),
  },
  {
    layers: latticeLayers,
    source: authPolicies,
    look: (policy) =>
      eachCondition(policy, ({ key }) => {
        const spelling = spellingOf(key);
        return spelling === null || spelling === key
          ? null
          : `Its condition key ${key} is documented as ${spelling}, and Lattice's keys are case-sensitive.`;
      }),
  },
];
