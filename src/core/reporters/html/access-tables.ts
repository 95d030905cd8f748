import type { AccessRow } from "#core/verdicts/access-row.ts";
import {
  type AccessGrid,
  accessGrids,
  accessLegend,
  accessSentence,
  accessTroubles,
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
  const [grid, ...others] = grids;
  const { target, actions, principals } = grid;
  const at = others.length === 0 ? target : `${target} and ${plural(others.length, "other")}`;
  return html`
<h3>${targetLink(target)}</h3>${alsoAt(others.map(({ target }) => target))}
<div class="scroll" tabindex="0" role="region" aria-label="${`Who may do what at ${at}`}"><table class="auth">
<thead><tr><th scope="col">Principal</th>${actions.map((action) => html`<th scope="col">${action}</th>`)}</tr></thead>
<tbody>${principals.map(({ principal, cells }) => html`<tr><th scope="row">${principal}</th>${cells.map(cellOf)}</tr>`)}</tbody></table></div>${troublesOf(grid)}`;
};

/** What is not as it should be, in words, alike things once. */
function troublesOf(grid: AccessGrid): Markup {
  const troubles = accessTroubles(grid);
  if (troubles.length === 0) return html``;
  return html`<ul class="troubles">${troubles.map(
    ({ verdict, principal, actions, says }) =>
      html`<li>${cellBadge(verdict, null)} <strong>${principal}</strong>, ${actions.join(", ")}: ${says}</li>`,
  )}</ul>`;
}

function cellOf(row: AccessRow | null): Markup {
  if (row === null) return html`<td class="none"></td>`;
  const expected = row.verdict === "pass" ? null : html`<small>${expectedWords(row)}</small>`;
  return html`<td>${cellBadge(row.verdict, accessSentence(row))} ${accessWord(row)}${expected}${foreseenIn(row)}</td>`;
}

/** What the policy files say to it, the reason folded. */
function foreseenIn({ verdict, seen, foreseen }: AccessRow): Markup | null {
  // Whoever is not known has met no policy; and what passes where files allow it is no news.
  const met = seen.access === "denied" ? seen.by !== "authentication" : verdict === "fail";
  if (foreseen === null || !met) return null;
  const [, short = foreseen.says, why] = /^(.*?) \((.*)\)$/s.exec(foreseen.says) ?? [];
  return why === undefined
    ? html`<small>${short}</small>`
    : html`<details><summary>${short}</summary><small>${why}</small></details>`;
}
