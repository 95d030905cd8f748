import { loadVerdict, thresholdsOf, worstFirst } from "../load-tally.ts";
import { authWords, failedWords, reuseShare, subjectOf } from "../load-words.ts";
import type { ReportedLoad, RunReport } from "../run-report.ts";
import { dash, grouped, showRate, threeDigits } from "../show-number.ts";
import { timeBins } from "../time-bins.ts";
import { badge } from "./badge.ts";
import { cdfChart } from "./charts/cdf-chart.ts";
import { type Curve, curveOf } from "./charts/curve.ts";
import { durationsChart } from "./charts/durations-chart.ts";
import { percentileChart } from "./charts/percentile-chart.ts";
import { timeChart } from "./charts/time-chart.ts";
import { durationsTable } from "./durations-table.ts";
import { failuresTable } from "./failures-table.ts";
import { generatorNote } from "./generator-note.ts";
import { ledgerView } from "./ledger-view.ts";
import { html, type Markup } from "./markup.ts";
import { reuseView } from "./reuse-view.ts";

/** Few enough to read one after the other; of more, only those in trouble are open. */
const openMax = 4;
// Steps over time, so that a day at a dozen targets stays under 500 KB: all else of a load weighs as much as some 70 steps.
const stepsInAll = 1150;
const stepsBeside = 70;
const stepsMin = 20;
const stepsMax = 300;
/** Of more loads, charts of those in trouble first: a page of thirty would be twice as large as mail lets through. */
const chartedMax = 12;

export const loadAnchor = (report: RunReport, load: ReportedLoad): string => `load-${report.loads.indexOf(load)}`;

/** What its thresholds say; nothing where none was set. */
export function heldBadge(report: RunReport, load: ReportedLoad): Markup | null {
  const verdict = loadVerdict(report, load);
  return verdict === "skipped" ? null : html`${badge(verdict)} `;
}

/** One target under one load, whole. */
export function loadDetails(report: RunReport, load: ReportedLoad, shared: readonly string[]): Markup {
  const verdict = loadVerdict(report, load);
  const open = report.loads.length <= openMax || verdict === "fail" || verdict === "inconclusive";
  const target = report.targets.find(({ id }) => id === load.target);
  return html`<details class="load" id="${loadAnchor(report, load)}"${open ? html` open` : null}><summary><h3>${heldBadge(report, load)}${load.target}</h3> <span class="meta">${target ? `${target.kind}, ` : ""}${authWords(load.auth)}${target ? `, ${target.origin}` : ""}</span></summary><div class="inside">
${generatorNotes(load, shared)}${keyFigures(report, load)}${durationsChart(load, durationsTable(load))}${charts(report, load)}${failuresTable(load)}${reuseView(load)}${ledgerView(load)}</div></details>`;
}

function charts(report: RunReport, load: ReportedLoad): Markup {
  const rows = report.loads.map((one) => ({ one, verdict: loadVerdict(report, one) }));
  const charted = worstFirst(rows).slice(0, chartedMax);
  if (!charted.some(({ one }) => one === load))
    return html`<p class="meta after">Of ${report.loads.length} loads, ${chartedMax} are drawn by percentile and over time, those in trouble first; <code>report.json</code> has the same of this one.</p>`;
  return html`${distributions(load)}${timeChart(load, timeBins(load, stepsFor(charted.length)))}`;
}

const stepsFor = (charted: number): number =>
  Math.min(stepsMax, Math.max(stepsMin, Math.floor(stepsInAll / charted) - stepsBeside));

function generatorNotes({ saturated, generator }: ReportedLoad, shared: readonly string[]): Markup {
  const own = generator.filter((line) => !shared.includes(line));
  if (saturated === true)
    return generatorNote(
      "inconclusive",
      "The generator itself was the bottleneck: these numbers say more about it than about the target",
      own,
    );
  return own.length === 0 ? html`` : generatorNote("skipped", "Of the generator", own);
}

interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly says: string;
}

function keyFigures(report: RunReport, load: ReportedLoad): Markup {
  const figures: readonly KeyFigure[] = [
    rateFigure(load),
    { name: "Requests", value: grouped(load.requests), says: "in the measured phase" },
    { name: "Failed", value: failedWords(load), says: "in no latency below" },
    ...waits(load),
    { name: "Reuse", value: reuseShare(load), says: "of the requests that could find an open connection" },
    ...(load.dropped === null || load.dropped === 0
      ? []
      : [{ name: "Never sent", value: grouped(load.dropped), says: "due, but the generator could not" }]),
    ...held(report, load),
  ];
  return html`<dl class="figures">${figures.map(({ name, value, says }) => html`<div><dt>${name}</dt><dd><b>${value}</b><small>${says}</small></dd></div>`)}</dl>`;
}

const rateFigure = ({ achievedRate, rate, foreign }: ReportedLoad): KeyFigure => ({
  name: "Rate",
  value: achievedRate === null ? dash : `${showRate(achievedRate)}/s`,
  says:
    rate === null
      ? foreign
        ? "as asked for is not told"
        : "as fast as it was answered"
      : `of ${showRate(rate)}/s asked for`,
});

function waits({ responseMs, serviceMs }: ReportedLoad): readonly KeyFigure[] {
  const [quantiles, name] = responseMs === null ? [serviceMs, "service"] : [responseMs, "response"];
  if (quantiles === null) return [{ name: "p99", value: "none", says: "no request was answered as expected" }];
  return [
    { name: `p50 ${name}`, value: `${threeDigits(quantiles.p50)} ms`, says: "half took no longer" },
    { name: `p99 ${name}`, value: `${threeDigits(quantiles.p99)} ms`, says: "one in a hundred took longer" },
  ];
}

function held(report: RunReport, load: ReportedLoad): readonly KeyFigure[] {
  const thresholds = thresholdsOf(report, load);
  if (thresholds.length === 0) return [];
  const passed = thresholds.filter(({ verdict }) => verdict === "pass").length;
  return [{ name: "Thresholds", value: `${passed} of ${thresholds.length}`, says: "held" }];
}

/** One set of points, two pictures: the tail by percentile, the body as a distribution. */
function distributions(load: ReportedLoad): Markup {
  const curves: readonly Curve[] = [
    { name: "service", points: curveOf(load, "service") },
    { name: "response", points: curveOf(load, "response") },
  ];
  const note = curves.every(({ points }) => points.length > 0)
    ? "Each further nine is as wide as the one before. Where response leaves service behind, requests waited for their turn."
    : "Each further nine is as wide as the one before. This workload has no due times, so there is no response time.";
  return html`${percentileChart("Latency by percentile", subjectOf(load), note, curves)}${cdfChart("Distribution of latency", subjectOf(load), curves)}`;
}
