import type { Check } from "#core/checks/check.ts";

/** The checks of these groups and ids, and all they need; a word that names neither adds none. */
export function selectChecks(checks: readonly Check[], only: readonly string[]): readonly Check[] {
  const wanted = new Set<Check>();
  const want = (check: Check): void => {
    if (wanted.has(check)) return;
    wanted.add(check);
    for (const need of checks) if (check.needs.includes(need.id)) want(need);
  };
  for (const check of checks) if (only.includes(check.id) || only.includes(check.group)) want(check);
  return checks.filter((check) => wanted.has(check));
}
