import type { Check } from "#core/checks/check.ts";

/** The checks of a group or of an id, and all they need; empty when the word names neither. */
export function selectChecks(checks: readonly Check[], only: string): readonly Check[] {
  const wanted = new Set<Check>();
  const want = (check: Check): void => {
    if (wanted.has(check)) return;
    wanted.add(check);
    for (const need of checks) if (check.needs.includes(need.id)) want(need);
  };
  for (const check of checks) if (check.id === only || check.group === only) want(check);
  return checks.filter((check) => wanted.has(check));
}
