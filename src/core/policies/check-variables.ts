import { spellingOf } from "./condition-keys.ts";
import type { Report } from "./problem.ts";
import { hasBrokenVariable, variablesIn } from "./variables.ts";

/** Reports policy variables that AWS could not fill: broken ones, and those of unknown keys. */
export function checkVariables(value: string, path: string, report: Report): void {
  if (hasBrokenVariable(value)) report(path, `a policy variable such as \${aws:PrincipalArn} in ${value}`);
  for (const key of variablesIn(value)) {
    if (spellingOf(key) === null) report(path, `a known condition key as policy variable, not ${key}`);
  }
}
