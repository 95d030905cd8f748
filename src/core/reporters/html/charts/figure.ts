import { safe } from "../anchor.ts";
import { html, type Markup } from "../markup.ts";

export interface Figure {
  readonly title: string;
  /** Of what, for a reader who jumps from table to table. */
  readonly subject: string;
  /** How to read it, in a sentence. */
  readonly note: string;
  readonly legend: Markup;
  readonly plots: Markup;
  readonly table: DataTable;
}

export interface DataTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly string[])[];
}

/** A chart and the same in numbers: no chart stands alone. */
export const figure = ({ title, subject, note, legend, plots, table }: Figure): Markup =>
  html`<figure><figcaption><strong>${title}</strong> <span class="meta">${note}</span></figcaption>${legend}${plots}${dataDetails(table, `${table.caption}: ${subject}`)}</figure>`;

export interface View {
  readonly name: string;
  readonly plot: Markup;
}

/**
 * Two ways to draw the same, under the same strips; style alone changes between them, so it works without a script.
 *
 * @param key of this figure alone
 */
export function views(key: string, [first, second]: readonly [View, View], strips: Markup): Markup {
  const group = `view-${safe(key)}`;
  const choose = (view: View, number: 1 | 2): Markup =>
    html`<label><input type="radio" name="${group}" class="view-${number}"${number === 1 ? html` checked` : null}>${view.name}</label>`;
  return html`<div class="views" role="radiogroup" aria-label="Scale">${choose(first, 1)}${choose(second, 2)}</div><div class="stack"><div class="shown-1">${first.plot}</div><div class="shown-2">${second.plot}</div>${strips}</div>`;
}

const dataDetails = (table: DataTable, label: string): Markup =>
  html`<details class="data"><summary>${table.caption}, as a table</summary>${dataTable(table, label)}</details>`;

export const dataTable = ({ head, rows }: DataTable, label: string): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers sortable"><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map(row)}</tbody></table></div>`;

const row = ([heading = "", ...cells]: readonly string[]): Markup =>
  html`<tr><th scope="row">${heading}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
