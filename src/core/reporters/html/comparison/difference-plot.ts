import { pairSentence } from "../../comparison-answers.ts";
import { intervalWords, quantileName, signedMs, useWords } from "../../comparison-words.ts";
import type { ReportedComparison, ReportedPair, ReportedUse } from "../../reported-comparison.ts";
import { grouped, threeDigits } from "../../show-number.ts";
import { type DrawnDifference, differenceLegend, differencePanels } from "../charts/difference-panels.ts";
import { figure } from "../charts/figure.ts";
import { html, type Markup } from "../markup.ts";
import { pairBadge } from "./pair-badge.ts";

/** Each pair's difference with its interval, a panel a quantile: quantiles differ too much in size to share an axis. */
export function differencePlot({ pairs, marginMs, confidence }: ReportedComparison, use: ReportedUse): Markup {
  const own = pairs.filter(({ connections }) => connections === use);
  return figure({
    title: "Differences",
    subject: `on ${useWords[use]}`,
    note: `The first of a pair minus the second, with its ${Math.round(confidence * 100)}% interval over rounds. Left of zero the first is faster. An interval inside the shaded margin of ±${threeDigits(marginMs)} ms shows that the two are alike; one that reaches across zero and out of it leaves the question open.`,
    legend: differenceLegend(
      [
        ["faster", "one is faster"],
        ["equivalent", "alike"],
        ["inconclusive", "open"],
      ],
      true,
    ),
    plots: differencePanels(own.map(drawn), marginMs),
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

function drawn(pair: ReportedPair): DrawnDifference {
  const { a, b, verdict, quantile, deltaMs, lowMs, highMs } = pair;
  const said = deltaMs === null ? "too little was answered" : signedMs(deltaMs);
  return {
    ...{ quantile, deltaMs, lowMs, highMs, look: verdict },
    label: html`<span>${a} − ${b}: <b>${said}</b> ${pairBadge(verdict)}</span>`,
    says: pairSentence(pair),
  };
}

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
