import type { AccessRow } from "#core/verdicts/access-row.ts";
import {
  type AccessGrid,
  accessGrids,
  accessLegend,
  accessSentence,
  accessWord,
  expectedWords,
} from "../access-words.ts";
import { type Group, groupBy } from "../group-by.ts";
import { plural } from "../words.ts";
import { cellBadge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";
import { alsoAt, targetLink } from "./target-links.ts";

/**
 * Who may do what: a table a target, principals down, requests across; each cell says what it was held against. Targets that came to
 * the very same share one.
 */
export const accessTables: SectionMaker = ({ access = [] }) =>
  access.length === 0
    ? []
    : [
        {
          id: "access",
          title: "Who may do what",
          body: html`<p class="meta lead">${accessLegend}</p>${groupBy(accessGrids(access), sameFor).map(gridOf)}`,
        },
      ];

const sameFor = ({ actions, principals }: AccessGrid): string =>
  JSON.stringify([actions, principals], (key, value: unknown) => (key === "target" ? undefined : value));

const gridOf = (grids: Group<AccessGrid>): Markup => {
  const [{ target, actions, principals }, ...others] = grids;
  const at = others.length === 0 ? target : `${target} and ${plural(others.length, "other")}`;
  return html`
<h3>${targetLink(target)}</h3>${alsoAt(others.map(({ target }) => target))}
<div class="scroll" tabindex="0" role="region" aria-label="${`Who may do what at ${at}`}"><table class="auth">
<thead><tr><th scope="col">Principal</th>${actions.map((action) => html`<th scope="col">${action}</th>`)}</tr></thead>
<tbody>${principals.map(({ principal, cells }) => html`<tr><th scope="row">${principal}</th>${cells.map(cellOf)}</tr>`)}</tbody></table></div>`;
};

function cellOf(row: AccessRow | null): Markup {
  if (row === null) return html`<td class="none"></td>`;
  return html`<td>${cellBadge(row.verdict, accessSentence(row))} ${accessWord(row)}${beside(row)}</td>`;
}

/** What it was held against is told where it matters; the rest has it in the cell's title. */
function beside(row: AccessRow): Markup | null {
  if (row.verdict !== "pass")
    return html`<small>${expectedWords(row)}</small><small>${row.foreseen?.says ?? ""}</small>`;
  return row.seen.access === "denied" && row.foreseen !== null ? html`<small>${row.foreseen.says}</small>` : null;
}
