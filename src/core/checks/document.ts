import type { Check } from "./check.ts";

const intro = `# Checks

<!-- Generated from src/core/checks: do not edit. UPDATE_DOCS=1 npx vitest run test/core/checks writes it anew. -->

What \`pathproof check\` asks of every target, in this order. A check whose needs did not pass is skipped, so that one cause
makes one failing line; a need that does not apply to a target is replaced by what it needs itself. Why a check failed is a
code of the catalogue: \`pathproof explain <code>\`.
`;

/** \`docs/checks.md\`: checks in the order given. */
export const documentChecks = (checks: readonly Check[]): string => {
  const groups = [...new Set(checks.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const entries = checks.filter((check) => check.group === group).map(documentCheck);
    return `## ${group}\n\n${entries.join("\n\n")}\n`;
  });
  return [intro, ...sections].join("\n");
};

function documentCheck({ id, title, why, needs, alone }: Check): string {
  const needed = needs.length === 0 ? "nothing" : needs.map((need) => `\`${need}\``).join(", ");
  const apart = alone ? " Runs while no other check of the same target does." : "";
  return `### ${id}\n\n${title}. ${why}\n\nNeeds: ${needed}.${apart}`;
}
