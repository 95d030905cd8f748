import { closeWord, idleTime, showTimer } from "../../keepalive-words.ts";
import type { ReportedIdle } from "../../reported-keepalive.ts";
import { html, type Markup } from "../markup.ts";
import { type Lane, lanesPlot } from "./lanes.ts";
import { linePath } from "./path.ts";
import { type Axis, logAxis } from "./scale.ts";

/** Of each address, how long idle connections were seen to live and from when on they were seen ended; nothing where neither was seen. */
export function idleTimeoutChart(target: string, idle: readonly ReportedIdle[]): Markup | null {
  const seen = idle.flatMap(({ longestSurvivedMs, shortestClosedMs }) => [longestSurvivedMs, shortestClosedMs]);
  const known = seen.filter((ms) => ms !== null && ms > 0).filter((ms) => ms !== null);
  if (known.length === 0) return null;
  const x = logAxis(Math.min(...known) / 4, Math.max(...known), showTimer);
  return html`<p class="meta">Alive as long as the line is whole; a square is where it was found ended, the dashes before it are what was not tried (logarithmic).</p>${lanesPlot(
    {
      says: `Idle timeouts of ${target}: ${idle.map((row) => `${row.address} ${inWords(row)}`).join("; ")}.`,
      x,
      under: html``,
      lanes: idle.map((row) => lane(row, x)),
    },
  )}`;
}

const inWords = (row: ReportedIdle): string =>
  row.shortestClosedMs === null ? idleTime(row) : `${idleTime(row)}, ${closeWord(row.closeKind)}`;

function lane(row: ReportedIdle, x: Axis): Lane {
  const { longestSurvivedMs, shortestClosedMs, exact } = row;
  // A close that was seen itself leaves nothing untried before it.
  const aliveTo = x.scale((exact ? shortestClosedMs : longestSurvivedMs) ?? 0);
  const ended = shortestClosedMs === null ? null : x.scale(shortestClosedMs);
  const between = (from: number, to: number): string => linePath([from, to].map((place) => ({ x: place, y: 0.5 })));
  return {
    label: html`<span>${row.address} <b>${inWords(row)}</b></span>`,
    marks: html`<path class="whisker alive" d="${between(0, aliveTo)}"/>${
      ended === null
        ? null
        : html`<path class="whisker unknown" d="${between(aliveTo, ended)}"/><path class="mark ended" d="${linePath([{ x: ended, y: 0.5 }])}"/>`
    }`,
  };
}
