import { comparedLatency, quantileName, useWords } from "../../comparison-words.ts";
import type { ReportedComparison, ReportedNeed, ReportedPilot } from "../../reported-comparison.ts";
import { grouped, showRate, threeDigits } from "../../show-number.ts";
import { showElapsed, showForecast } from "../../show-time.ts";
import { html, type Markup } from "../markup.ts";
import type { SectionMaker } from "../section.ts";

/** What a sceptic asks of a comparison, and what anyone needs to make it again. */
export const designSection: SectionMaker = ({ comparison }) =>
  comparison === null || comparison === undefined
    ? []
    : [{ id: "design", title: "How it was compared", body: body(comparison) }];

const engines = { k6: "k6", node: "Node, on sockets under its own control" } as const;

const body = ({
  principal,
  design,
  pilot,
  marginMs,
  confidence,
  blocks,
}: ReportedComparison): Markup => html`<div class="card"><dl>
<dt>Order</dt><dd>Each round gives every target one block of ${showElapsed(design.blockMs)} in an order drawn from seed <code>${String(design.seed)}</code>, so that what changes around them meets all alike. The first ${showElapsed(design.headMs)} of a block are sent and not counted.</dd>
<dt>Rounds</dt><dd>${grouped(design.roundsDone)} of ${grouped(design.rounds)} planned, ${grouped(blocks.length)} blocks, ${showElapsed(design.durationMs)} in all.</dd>
<dt>Load</dt><dd>${engines[design.engine]}, open loop at ${showRate(design.rate)} requests per second, all at the one target whose turn it is.</dd>${principal === undefined ? null : html`<dt>As whom</dt><dd>${principal}</dd>`}
<dt>Connections</dt><dd>${design.connections.map((use) => `On ${useWords[use]}: ${comparedLatency[use]}.`).join(" ")} The two are never compared with each other.</dd>
<dt>Intervals</dt><dd>Rounds are the unit: a difference is one of quantiles of all rounds' merged histograms, its interval comes from leaving a round, or a few neighbours, out of both at a time (jackknife), at ${Math.round(confidence * 100)}%. Verdicts hold for all pairs and quantiles together (Holm).</dd>
<dt>Margin</dt><dd>${threeDigits(marginMs)} ms: two targets are called alike only when the whole interval lies within it. What is neither shown to differ nor to be alike stays open.</dd>
${pilot === null ? null : html`<dt>Pilot</dt><dd>${needs(pilot)}</dd>`}</dl></div>`;

const needs = ({
  rounds,
  needs: all,
}: ReportedPilot): Markup => html`After ${grouped(rounds)} rounds it was reckoned how long all of it must last to tell a difference of the margin:
<div class="scroll" tabindex="0" role="region" aria-label="What the pilot said"><table class="numbers"><thead><tr><th scope="col">At</th><th scope="col">If rounds stay as they were</th><th scope="col">In four of five cases</th></tr></thead>
<tbody>${all.map(needRow)}</tbody></table></div>`;

const needRow = ({ connections, quantile, expectedMs, cautiousMs }: ReportedNeed): Markup =>
  html`<tr><th scope="row">${quantileName(quantile)} on ${useWords[connections]}</th><td>${duration(expectedMs)}</td><td>${duration(cautiousMs)}</td></tr>`;

const duration = (ms: number | null): string => (ms === null ? "too few to tell" : showForecast(ms));
