import { loadNames, sharedNotes } from "../load-tally.ts";
import { durationMeanings, failedWords, loadDescription, rateWords, reuseShare } from "../load-words.ts";
import type { Quantiles, ReportedLoad, RunReport } from "../run-report.ts";
import { grouped, threeDigits } from "../show-number.ts";
import { cdfChart } from "./charts/cdf-chart.ts";
import { curveOf } from "./charts/curve.ts";
import { percentileChart } from "./charts/percentile-chart.ts";
import { seriesMax } from "./charts/series.ts";
import { targetsChart } from "./charts/targets-chart.ts";
import { generatorNote } from "./generator-note.ts";
import { heldBadge, loadAnchor, loadDetails } from "./load-details.ts";
import { html, type Markup } from "./markup.ts";
import type { Section, SectionMaker } from "./section.ts";

/** Every load: its targets side by side, then each by itself. */
export const loadSections: SectionMaker = (report) =>
  loadNames(report).map((name) =>
    sectionOf(
      report,
      report.loads.filter(({ load }) => load === name),
      name,
    ),
  );

function sectionOf(report: RunReport, loads: readonly ReportedLoad[], name: string): Section {
  const shared = sharedNotes(loads);
  const id = `load-of-${loadNames(report).indexOf(name)}`;
  const body = html`<p class="meta lead">${loads.slice(0, 1).map(loadDescription).join()}</p>
${shared.length === 0 ? null : generatorNote("skipped", "Of the generator", shared)}${overview(report, loads, name)}${sideBySide(loads)}${loads.map((load) => loadDetails(report, load, shared))}`;
  return { id, title: `Load ${name}`, body };
}

function overview(report: RunReport, loads: readonly ReportedLoad[], name: string): Markup {
  const measure = allHaveResponse(loads) ? "response" : "service";
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${`Targets under ${name}`}"><table class="numbers overview sortable">
<thead><tr>${["Target", "Requests/s", "Requests", "Failed", "p50", "p90", "p99", "p99.9", "max", "Reuse"].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${loads.map((load) => overviewRow(report, load, measure === "response" ? load.responseMs : load.serviceMs))}</tbody></table></div><p class="meta after">p50 to max: ${measure} time, ${durationMeanings[measure]}; milliseconds.</p>`;
}

function overviewRow(report: RunReport, load: ReportedLoad, quantiles: Quantiles | null): Markup {
  const cells = [
    rateWords(load),
    grouped(load.requests),
    failedWords(load),
    ...quantileCells(quantiles),
    reuseShare(load),
  ];
  return html`<tr><th scope="row">${heldBadge(report, load)}<a href="#${loadAnchor(report, load)}">${load.target}</a></th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}

const quantileCells = (quantiles: Quantiles | null): readonly string[] =>
  quantiles === null
    ? ["–", "–", "–", "–", "–"]
    : [quantiles.p50, quantiles.p90, quantiles.p99, quantiles.p999, quantiles.max].map(threeDigits);

/** Several targets in one picture: curves as long as they can be told apart, of more a lane each. */
function sideBySide(loads: readonly ReportedLoad[]): Markup {
  if (loads.length < 2) return html``;
  const measure = allHaveResponse(loads) ? "response" : "service";
  if (loads.length > seriesMax) return html`<div class="card">${targetsChart(loads, measure)}</div>`;
  const subject = `all under ${loads[0]?.load ?? ""}`;
  const curves = loads.map((load) => ({ name: load.target, points: curveOf(load, measure) }));
  return html`<div class="card">${percentileChart(`Every target's ${measure} time by percentile`, subject, "Each further nine is as wide as the one before.", curves)}${cdfChart(`Distribution of every target's ${measure} time`, subject, curves)}</div>`;
}

/** Whether every target that gave an answer has response times too: only one kind of time is set side by side. */
const allHaveResponse = (loads: readonly ReportedLoad[]): boolean =>
  loads.every(({ serviceMs, responseMs }) => serviceMs === null || responseMs !== null);
