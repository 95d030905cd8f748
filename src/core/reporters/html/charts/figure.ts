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

const dataDetails = (table: DataTable, label: string): Markup =>
  html`<details class="data"><summary>${table.caption}, as a table</summary>${dataTable(table, label)}</details>`;

const dataTable = ({ head, rows }: DataTable, label: string): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers"><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows.map(row)}</tbody></table></div>`;

const row = ([heading = "", ...cells]: readonly string[]): Markup =>
  html`<tr><th scope="row">${heading}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
