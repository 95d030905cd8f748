import type { AccessRow } from "#core/verdicts/access-row.ts";
import {
  type AccessGrid,
  accessGrids,
  accessLegend,
  accessSentence,
  accessWord,
  expectedWords,
} from "../access-words.ts";
import { anchor } from "./anchor.ts";
import { cellBadge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** Who may do what: a table a target, principals down, requests across; each cell says what it was held against. */
export const accessTables: SectionMaker = ({ access = [] }) =>
  access.length === 0
    ? []
    : [
        {
          id: "access",
          title: "Who may do what",
          body: html`<p class="meta lead">${accessLegend}</p>${accessGrids(access).map(gridOf)}`,
        },
      ];

const gridOf = ({ target, actions, principals }: AccessGrid): Markup => html`
<h3><a href="#${anchor(target)}">${target}</a></h3>
<div class="scroll" tabindex="0" role="region" aria-label="${`Who may do what at ${target}`}"><table class="auth">
<thead><tr><th scope="col">Principal</th>${actions.map((action) => html`<th scope="col">${action}</th>`)}</tr></thead>
<tbody>${principals.map(({ principal, cells }) => html`<tr><th scope="row">${principal}</th>${cells.map(cellOf)}</tr>`)}</tbody></table></div>`;

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
