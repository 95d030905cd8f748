import { pairSentence } from "../../comparison-answers.ts";
import { intervalWords, quantileName, signedMs, signedTick, useWords } from "../../comparison-words.ts";
import type { ReportedComparison, ReportedPair, ReportedUse } from "../../reported-comparison.ts";
import { grouped, threeDigits } from "../../show-number.ts";
import { figure } from "../charts/figure.ts";
import { type Lane, lanesPlot } from "../charts/lanes.ts";
import { linePath, uprightPath } from "../charts/path.ts";
import { type Axis, roundAxis } from "../charts/scale.ts";
import { html, type Markup } from "../markup.ts";
import { pairBadge } from "./pair-badge.ts";

/** Each pair's difference with its interval, a panel a quantile: quantiles differ too much in size to share an axis. */
export function differencePlot({ pairs, marginMs, confidence }: ReportedComparison, use: ReportedUse): Markup {
  const own = pairs.filter(({ connections }) => connections === use);
  const quantiles = [...new Set(own.map(({ quantile }) => quantile))];
  return figure({
    title: "Differences",
    subject: `on ${useWords[use]}`,
    note: `The first of a pair minus the second, with its ${Math.round(confidence * 100)}% interval over rounds. Left of zero the first is faster. An interval inside the shaded margin of ±${threeDigits(marginMs)} ms shows that the two are alike; one that reaches across zero and out of it leaves the question open.`,
    legend: legend(),
    plots: html`<div class="panels">${quantiles.map((quantile) =>
      panel(
        own.filter((pair) => pair.quantile === quantile),
        quantile,
        marginMs,
      ),
    )}</div>`,
    table: {
      caption: "Differences",
      head: [
        "Pair",
        "At",
        "Difference",
        "Interval",
        "Verdict",
        "Smallest visible",
        "Rounds",
        "Rounds needed",
        "Answers",
      ],
      rows: own.map(tableRow),
    },
  });
}

function panel(pairs: readonly ReportedPair[], quantile: number, marginMs: number): Markup {
  const ends = pairs.flatMap(({ lowMs, highMs }) => [lowMs, highMs]).filter((end) => end !== null);
  const x = roundAxis(Math.min(-marginMs, ...ends), Math.max(marginMs, ...ends), signedTick);
  const name = quantileName(quantile);
  return html`<div><p class="panel"><b>${name}</b>, ms: ◀ first is faster · second is faster ▶</p>${lanesPlot({
    says: `Differences at ${name}: ${pairs.map(pairSentence).join("; ")}.`,
    x,
    under: marginMarks(x, marginMs),
    lanes: pairs.map((pair) => lane(pair, x)),
  })}</div>`;
}

function marginMarks(x: Axis, marginMs: number): Markup {
  const [left, right] = [x.scale(-marginMs), x.scale(marginMs)];
  const band = `M${left * 1000} 0H${right * 1000}V1000H${left * 1000}Z`;
  return html`<path class="zone" d="${band}"/><path class="edge" d="${uprightPath(left)}${uprightPath(right)}"/><path class="zero" d="${uprightPath(x.scale(0))}"/>`;
}

function lane(pair: ReportedPair, x: Axis): Lane {
  const { a, b, verdict, deltaMs } = pair;
  const said = deltaMs === null ? "too little was answered" : signedMs(deltaMs);
  return {
    label: html`<span>${a} − ${b}: <b>${said}</b> ${pairBadge(verdict)}</span>`,
    marks: html`${intervalMarks(pair, x)}`,
  };
}

/** A round mark where there is a difference, a square one where there is none, a ring where it is open. */
function intervalMarks({ deltaMs, lowMs, highMs, verdict }: ReportedPair, x: Axis): Markup | null {
  if (deltaMs === null || lowMs === null || highMs === null) return null;
  const whisker = linePath([lowMs, highMs].map((ms) => ({ x: x.scale(ms), y: 0.5 })));
  const mark = linePath([{ x: x.scale(deltaMs), y: 0.5 }]);
  return html`<path class="whisker ${verdict}" d="${whisker}"/><path class="mark ${verdict}" d="${mark}"/>${verdict === "inconclusive" ? html`<path class="hole" d="${mark}"/>` : null}`;
}

const legend = (): Markup =>
  html`<ul class="legend">${(["faster", "equivalent", "inconclusive"] as const).map(
    (verdict) =>
      html`<li><svg class="swatch" viewBox="0 0 32 12" aria-hidden="true"><path class="whisker ${verdict}" d="M1 6H31"/><path class="mark ${verdict}" d="M16 6Z"/>${verdict === "inconclusive" ? html`<path class="hole" d="M16 6Z"/>` : null}</svg> ${names[verdict]}</li>`,
  )}<li><svg class="swatch" viewBox="0 0 32 12" aria-hidden="true"><path class="zone" d="M2 0H30V12H2Z"/><path class="edge" d="M2 0V12M30 0V12"/></svg> margin</li></ul>`;

const names = { faster: "one is faster", equivalent: "alike", inconclusive: "open" } as const;

const tableRow = (pair: ReportedPair): readonly string[] => [
  `${pair.a} − ${pair.b}`,
  quantileName(pair.quantile),
  pair.deltaMs === null ? "–" : signedMs(pair.deltaMs),
  intervalWords(pair),
  pair.verdict,
  pair.smallestVisibleMs === null ? "–" : `${threeDigits(pair.smallestVisibleMs)} ms`,
  grouped(pair.rounds),
  pair.roundsNeeded === null ? "–" : `${grouped(pair.roundsNeeded.expected)}–${grouped(pair.roundsNeeded.cautious)}`,
  `${grouped(pair.samples.a)} + ${grouped(pair.samples.b)}`,
];
