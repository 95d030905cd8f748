import type { Check, CheckGroup } from "#core/checks/check.ts";

/** The order in which a path is walked. */
export const groups: readonly CheckGroup[] = [
  "network",
  "tls",
  "answer",
  "auth",
  "routing",
  "connection",
  "payload",
  "timeouts",
  "keepalive",
];

/** By group, then what others need first, then by id: so that a report reads from cause to consequence. */
export function orderChecks(checks: readonly Check[]): readonly Check[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const depth = (check: Check): number =>
    Math.max(0, ...check.needs.flatMap((id) => byId.get(id) ?? []).map((needed) => depth(needed) + 1));
  return [...checks].sort(
    (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || depth(a) - depth(b) || (a.id < b.id ? -1 : 1),
  );
}
