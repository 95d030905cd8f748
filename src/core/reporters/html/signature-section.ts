import { type Group, groupBy } from "../group-by.ts";
import { signatureVariants, type VariantCell, type VariantRow } from "../signature-variants.ts";
import { isWell } from "../tally.ts";
import { checkAnchor } from "./anchor.ts";
import { cellBadge } from "./badge.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";
import { alsoAt, targetLink } from "./target-links.ts";

/** How every target met every kind of signature: what was let in, what was turned away, and by which layer. */
export const signatureSection: SectionMaker = (report) => {
  const { variants, rows, open } = signatureVariants(report);
  if (rows.length === 0 || variants.length < 2) return [];
  const groups = groupBy(rows, sameFor);
  const body = html`<p class="meta lead">Each request is wrong in exactly one way. ✓ what should happen did: only what is rightly signed is answered, and all else is refused for that very reason.</p>
<div class="scroll${groups.length > 20 ? " many" : ""}" tabindex="0" role="region" aria-label="Signatures and how they were met"><table class="auth signatures">
<thead><tr><th scope="col">Target</th>${variants.map((variant) => html`<th scope="col">${variant}</th>`)}</tr></thead>
<tbody>${groups.map(rowOf)}</tbody></table></div>${open.length === 0 ? null : html`<p class="meta after">Meant to answer without a signature: ${open.map(({ id }) => id).join(", ")}.</p>`}`;
  return [{ id: "signatures", title: "How signatures were met", body }];
};

/** Targets that met all of them alike share a row; what is in trouble has one of its own, since its cells lead to it. */
const sameFor = ({ target, cells }: VariantRow): string =>
  JSON.stringify(
    cells.map(
      (cell) =>
        cell && [cell.check.verdict, cell.met, cell.status, cell.by, isWell(cell.check.verdict) ? null : target.id],
    ),
  );

const rowOf = ([first, ...others]: Group<VariantRow>): Markup =>
  html`<tr><th scope="row">${targetLink(first.target.id)}${alsoAt(others.map(({ target }) => target.id))}</th>${first.cells.map(cellOf)}</tr>`;

function cellOf(cell: VariantCell | null): Markup {
  if (cell === null) return html`<td class="none">–</td>`;
  const { check, met, status, by } = cell;
  const shown = cellBadge(check.verdict, null);
  return html`<td>${isWell(check.verdict) ? shown : html`<a href="#${checkAnchor(check)}">${shown}</a>`} ${met}<small${by === null ? null : html` title="${by.code}"`}>${[status === null ? [] : String(status), by?.layer ?? [], isWell(check.verdict) ? [] : (by?.code ?? [])].flat().join(", ")}</small></td>`;
}
