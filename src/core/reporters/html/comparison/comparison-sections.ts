import { groupSentence, pairGroups } from "../../comparison-answers.ts";
import { comparedLatency, useWords } from "../../comparison-words.ts";
import type { ReportedComparison, ReportedPair, ReportedUse } from "../../reported-comparison.ts";
import { cdfChart } from "../charts/cdf-chart.ts";
import { percentileChart } from "../charts/percentile-chart.ts";
import { seriesMax } from "../charts/series.ts";
import { generatorNote } from "../generator-note.ts";
import { html, type Markup } from "../markup.ts";
import type { Section, SectionMaker } from "../section.ts";
import { blockChart } from "./block-chart.ts";
import { comparedTargets } from "./compared-targets.ts";
import { differencePlot } from "./difference-plot.ts";
import { pairBadge } from "./pair-badge.ts";

/** What was found, for each use of connections by itself: the sentences, the differences, the distributions, the rounds. */
export const comparisonSections: SectionMaker = ({ comparison }) =>
  comparison === null || comparison === undefined
    ? []
    : comparison.design.connections.map((use, index) => sectionOf(comparison, use, index === 0));

function sectionOf(comparison: ReportedComparison, use: ReportedUse, first: boolean): Section {
  const targets = comparison.targets.filter(({ connections }) => connections === use);
  const curves = targets.slice(0, seriesMax).map(({ target, curve }) => ({ name: target, points: curve }));
  const body = html`<p class="meta lead">Latency here: ${comparedLatency[use]}.</p>
${first && comparison.warnings.length > 0 ? generatorNote("inconclusive", "What to know of all of it", comparison.warnings) : null}
${sentences(comparison.pairs.filter(({ connections }) => connections === use))}
<div class="card">${differencePlot(comparison, use)}</div>
${comparedTargets(targets, use)}
<div class="card">${percentileChart("Latency by percentile", `all targets on ${useWords[use]}`, "Each further nine is as wide as the one before.", curves)}${cdfChart("Distribution", `all targets on ${useWords[use]}`, curves)}${blockChart(comparison, use)}</div>`;
  return { id: `on-${use}`, title: `On ${useWords[use]}`, body };
}

/** One a pair, with what is missing for a verdict where one is open. */
const sentences = (pairs: readonly ReportedPair[]): Markup =>
  html`<ul class="sentences">${pairGroups({ pairs }).map(
    (group) =>
      html`<li><span>${pairBadge(group.pairs[0].verdict)}</span><span>${groupSentence(group, false)}.${missing(group.pairs)}</span></li>`,
  )}</ul>`;

function missing(pair: readonly ReportedPair[]): Markup | null {
  const warnings = [...new Set(pair.flatMap((one) => one.warnings))];
  return warnings.length === 0 ? null : html` <span class="meta">${warnings.join(" ")}</span>`;
}
