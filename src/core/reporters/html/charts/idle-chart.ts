import type { IdleRow, ReuseRate } from "#core/statistics/ledger-figures.ts";
import { badOf } from "../../ledger-words.ts";
import { grouped, showShare } from "../../show-number.ts";
import { html, type Markup } from "../markup.ts";
import { type Lane, lanesPlot } from "./lanes.ts";
import { linePath } from "./path.ts";
import { type Axis, linearAxis } from "./scale.ts";
import { chartLegend } from "./series.ts";

/** What share of reuses was lost, bucket by bucket with its interval; nothing where nothing was lost. The table below it has the numbers. */
export function idleChart(subject: string, rows: readonly IdleRow[], show: (row: IdleRow) => string): Markup | null {
  const rates = rows.flatMap(({ idempotent, other }) => [idempotent, other]);
  const lost = rates.filter((rate) => badOf(rate) > 0);
  if (lost.length === 0) return null;
  // Of a bucket with a handful of requests nobody knows much: its interval runs off to the right.
  const x = linearAxis(Math.max(...lost.map(({ high }) => high)), showShare);
  return html`${chartLegend([
    { name: "may be sent again (GET …)", className: "s1", shape: "line" },
    { name: "may not (POST …)", className: "s2", shape: "line" },
  ])}${lanesPlot({
    says: `${subject}: ${rows.map((row) => `${show(row)}: ${lostWords(row)}`).join("; ")}.`,
    x,
    under: html``,
    lanes: rows.map((row) => lane(row, show(row), x)),
  })}`;
}

const lostWords = ({ idempotent, other }: IdleRow): string =>
  `${grouped(badOf(idempotent) + badOf(other))} of ${grouped(idempotent.requests + other.requests)} lost`;

const lane = (row: IdleRow, name: string, x: Axis): Lane => ({
  label: html`<span>${name} <b>${lostWords(row)}</b></span>`,
  marks: html`${marks(row.idempotent, "s1", 0.72, x)}${marks(row.other, "s2", 0.28, x)}`,
});

function marks({ rate, low, high }: ReuseRate, className: string, y: number, x: Axis): Markup | null {
  if (rate === null) return null;
  const place = (share: number) => ({ x: Math.min(1, x.scale(share)), y });
  return html`<path class="line ${className}" d="${linePath([place(low), place(high)])}"/>${rate > 0 ? html`<path class="dot ${className}" d="${linePath([place(rate)])}"/>` : null}`;
}
