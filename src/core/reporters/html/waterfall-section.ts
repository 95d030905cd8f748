import { type Phase, type Waterfall, waterfalls } from "../phases.ts";
import { threeDigits } from "../show-number.ts";
import { anchor } from "./anchor.ts";
import { html, type Markup } from "./markup.ts";
import type { SectionMaker } from "./section.ts";

/** As many as are read side by side; of the others the table of each target has the numbers. */
const shownMax = 12;

/** Where the time of one request went, phase after phase; the tables are the charts, on one scale. */
export const waterfallSection: SectionMaker = (report) => {
  const all = waterfalls(report);
  if (all.length === 0) return [];
  const shown = all.slice(0, shownMax);
  const longestMs = Math.max(1e-3, ...shown.map(({ totalMs }) => totalMs));
  const rest =
    all.length > shown.length
      ? html`<p class="meta after">The slowest ${shown.length} of ${all.length}; the phases of the others are among their checks, below.</p>`
      : null;
  const body = html`<p class="meta lead">The first request that went all the way, on a connection of its own; all on one scale. A single request says where time goes, not how long requests take: that is what a load is for.</p>
<div class="falls">${shown.map((fall) => card(fall, longestMs))}</div>${rest}`;
  return [{ id: "phases", title: "Where the time of a request went", body }];
};

function card({ target, check, phases, totalMs }: Waterfall, longestMs: number): Markup {
  const starts = phases.map((_, index) => phases.slice(0, index).reduce((sum, { ms }) => sum + ms, 0));
  return html`<div class="card fall"><h3><a href="#${anchor(target)}">${target}</a> <span class="meta">${threeDigits(totalMs)} ms</span></h3><table><caption>${check}</caption><tbody>${phases.map((phase, index) => row(phase, starts[index] ?? 0, longestMs))}</tbody></table></div>`;
}

const row = ({ name, says, ms }: Phase, startMs: number, longestMs: number): Markup =>
  html`<tr><th scope="row" title="${says}">${name}</th><td>${threeDigits(ms)}<span class="unit"> ms</span></td><td class="bar-of" aria-hidden="true"><span class="${name}" style="margin-left:${percent(startMs / longestMs)};width:${percent(ms / longestMs)}"></span></td></tr>`;

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;
