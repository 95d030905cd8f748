import { checkVariables } from "./check-variables.ts";
import { spellingOf } from "./condition-keys.ts";
import { type Comparison, comparisons } from "./condition-operators.ts";
import type { Condition, ConditionOperator } from "./policy.ts";
import { isRecord, type Report } from "./problem.ts";

const sets: ReadonlyMap<string, "all" | "any"> = new Map([
  ["forallvalues", "all"],
  ["foranyvalue", "any"],
]);

const operatorNames: readonly string[] = [...Object.keys(comparisons), "Null"];

/** Null when there is no such operator. Case is AWS's own: operators are compared without it. */
function readOperator(written: string): ConditionOperator | null {
  const [, prefix, rest] = /^(?:([A-Za-z]+):)?([A-Za-z]+)$/.exec(written) ?? [];
  if (rest === undefined) return null;
  const set = prefix === undefined ? null : sets.get(prefix.toLowerCase());
  const ifExists = /.IfExists$/i.test(rest);
  const bare = (ifExists ? rest.slice(0, -"IfExists".length) : rest).toLowerCase();
  const name = operatorNames.find((known) => known.toLowerCase() === bare);
  if (name === undefined || set === undefined) return null;
  return name === "Null" && (ifExists || set !== null) ? null : { written, name, set, ifExists };
}

const nullValues: Pick<Comparison, "expected" | "accepts" | "variables"> = {
  expected: "true or false",
  accepts: (value) => /^(true|false)$/i.test(value),
  variables: false,
};

function readValues(value: unknown, path: string, report: Report): readonly string[] | null {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const scalars = list.filter((one) => typeof one === "string" || typeof one === "number" || typeof one === "boolean");
  if (scalars.length !== list.length || list.length === 0) return report(path, "a value or a list of values");
  return scalars.map(String);
}

function readCondition(operator: ConditionOperator, key: string, value: unknown, path: string, report: Report) {
  if (spellingOf(key) === null) report(path, `a known condition key, not ${key}`);
  const values = readValues(value, path, report);
  const rule = operator.name === "Null" ? nullValues : comparisons[operator.name];
  for (const one of values ?? []) {
    if (rule?.accepts(one) === false) report(path, `${rule.expected ?? "another value"}, not ${one}`);
    if (rule?.variables === true) checkVariables(one, path, report);
  }
  return values === null ? [] : [{ operator, key, values }];
}

/** The conditions of a statement, one for each operator and key. */
export function readConditions(value: unknown, path: string, report: Report): readonly Condition[] {
  if (value === undefined) return [];
  if (!isRecord(value)) {
    report(path, "an object of condition operators");
    return [];
  }
  return Object.entries(value).flatMap(([written, keys]): readonly Condition[] => {
    const at = `${path}.${written}`;
    const operator = readOperator(written);
    if (operator === null) {
      report(at, `a condition operator such as StringEquals, ForAnyValue:StringLike or BoolIfExists, not ${written}`);
      return [];
    }
    if (!isRecord(keys)) {
      report(at, "an object of condition keys");
      return [];
    }
    return Object.entries(keys).flatMap(([key, one]) => readCondition(operator, key, one, `${at}.${key}`, report));
  });
}
