import { refusers } from "#core/targets/access.ts";
import type { AccessRow } from "#core/verdicts/access-row.ts";

/** The access table of one target: principals down, actions across. */
export interface AccessGrid {
  readonly target: string;
  readonly actions: readonly string[];
  readonly principals: readonly AccessLine[];
}

export interface AccessLine {
  readonly principal: string;
  /** By action; null where this principal was not asked. */
  readonly cells: readonly (AccessRow | null)[];
}

/** A grid a target, everything in the order in which it was asked. */
export function accessGrids(rows: readonly AccessRow[]): readonly AccessGrid[] {
  const targets = [...new Set(rows.map(({ target }) => target))];
  return targets.map((target) => {
    const own = rows.filter((row) => row.target === target);
    const actions = [...new Set(own.map(({ action }) => action))];
    const principals = [...new Set(own.map(({ principal }) => principal))];
    return {
      target,
      actions,
      principals: principals.map((principal) => ({
        principal,
        cells: actions.map((action) => own.find((row) => row.principal === principal && row.action === action) ?? null),
      })),
    };
  });
}

const short: Readonly<Record<string, string>> = {
  "identity-policy": "identity",
  "resource-policy": "resource",
  "endpoint-policy": "endpoint",
  "lattice-service-policy": "service",
  "lattice-network-policy": "network",
  authentication: "unsigned",
};

/** In a word or two: `allowed`, or `denied` and by what: `denied: service`, `denied: identity!` where a Deny forbids it. */
export function accessWord({ seen }: AccessRow): string {
  if (seen.access !== "denied") return seen.access;
  const by = short[seen.by ?? ""];
  return by === undefined ? "denied" : `denied: ${by}${seen.explicit ? "!" : ""}`;
}

/** What the words in the cells stand for. */
export const accessLegend =
  "Allowed: let through. Denied: by the principal's identity policy, the resource's, the VPC endpoint's, the Lattice service's or network's policy (! by an explicit deny), or as unsigned: without a valid signature. ✓ as it should be, ✗ otherwise, ? not known.";

/** By the word for it in a report, which may have been read. */
const refuserWords: Readonly<Record<string, string>> = refusers;

/** What was expected of a cell, in a few words. */
export function expectedWords({ expected }: AccessRow): string {
  if (expected.access === "observed") return "nothing expected";
  if (expected.access === "allowed") return "should be allowed";
  return expected.by === null || expected.by === "any"
    ? "should be denied"
    : `should be denied by ${refuserWords[expected.by] ?? expected.by}`;
}

/** What one principal met that should not be, and the actions at which it did. */
export interface AccessTrouble {
  readonly verdict: "fail" | "inconclusive";
  readonly principal: string;
  readonly actions: readonly string[];
  /** What came of it and what should have, in a sentence without its end. */
  readonly says: string;
}

/** Of one table, everything that is not as it should be; alike things once. */
export function accessTroubles({ principals }: AccessGrid): readonly AccessTrouble[] {
  const found = new Map<string, { trouble: Omit<AccessTrouble, "actions">; actions: string[] }>();
  for (const { principal, cells } of principals) {
    for (const row of cells) {
      if (row === null || row.verdict === "pass") continue;
      const says = troubleOf(row);
      const key = JSON.stringify([principal, row.verdict, says]);
      const one = found.get(key) ?? { trouble: { verdict: row.verdict, principal, says }, actions: [] };
      one.actions.push(row.action);
      found.set(key, one);
    }
  }
  return [...found.values()].map(({ trouble, actions }) => ({ ...trouble, actions }));
}

/** What should have been is said in `says` but for who should have been let in, and by what. */
const troubleOf = (row: AccessRow): string =>
  row.verdict === "fail" && row.expected.access === "allowed" && row.seen.access === "denied"
    ? `${row.says}; ${expectedWords(row)}`
    : row.says;

/** A whole cell as a sentence without its end: for tooltips, test cases and screen readers. */
export const accessSentence = (row: AccessRow): string =>
  [
    `${row.principal}, ${row.action}: ${row.says}`,
    ...(row.foreseen === null ? [] : [`policy files: ${row.foreseen.says}`]),
  ].join("; ");
