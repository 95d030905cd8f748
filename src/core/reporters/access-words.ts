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

/** In a word or two: `allowed`, or what refused: `service`, `identity!` where a Deny forbids it. */
export function accessWord({ seen }: AccessRow): string {
  if (seen.access !== "denied") return seen.access;
  return `${short[seen.by ?? ""] ?? "refused"}${seen.explicit ? "!" : ""}`;
}

/** What the words in the cells stand for, in one sentence. */
export const accessLegend =
  "allowed: let through; otherwise what refused: the principal's identity policy, the resource's, the VPC endpoint's, the Lattice service's or network's policy (! an explicit deny), or unsigned: no valid signature.";

/** What was expected of a cell, in a few words. */
export function expectedWords({ expected }: AccessRow): string {
  if (expected.access === "observed") return "nothing expected";
  if (expected.access === "allowed") return "should be allowed";
  return expected.by === null || expected.by === "any" ? "should be refused" : `should be refused by ${expected.by}`;
}

/** A whole cell as a sentence without its end: for tooltips, test cases and screen readers. */
export const accessSentence = (row: AccessRow): string =>
  [
    `${row.principal}, ${row.action}: ${row.says}`,
    ...(row.foreseen === null ? [] : [`policy files: ${row.foreseen.says}`]),
  ].join("; ");
