import {
  acrossGroups,
  answerWords,
  differenceWords,
  intervalWords,
  showQuantile,
  sideWords,
} from "../across/across-words.ts";
import type { ReportedAcross, ReportedAcrossPair } from "../across/reported-across.ts";
import type { ReportedLoad } from "../run-report.ts";
import { grouped, threeDigits } from "../show-number.ts";
import { plural } from "../words.ts";
import { cdfChart } from "./charts/cdf-chart.ts";
import { curveOf } from "./charts/curve.ts";
import {
  type DifferenceLook,
  type DrawnDifference,
  differenceLegend,
  differencePanels,
} from "./charts/difference-panels.ts";
import { figure } from "./charts/figure.ts";
import { percentileChart } from "./charts/percentile-chart.ts";
import { seriesMax } from "./charts/series.ts";
import { html, type Markup } from "./markup.ts";

/** How the other sides differ from the first, with the intervals there are. */
export function acrossDifferences({ pairs, marginMs, confidence }: ReportedAcross): Markup | null {
  if (pairs.every(({ deltaMs }) => deltaMs === null)) return null;
  const several = new Set(pairs.map(({ target }) => target)).size > 1;
  const margin = marginMs === null ? "" : ` The margin of ±${threeDigits(marginMs)} ms is shaded.`;
  return html`<div class="card">${figure({
    title: "Differences",
    subject: "between saved runs",
    note: `Each side minus the first of all, with its ${Math.round(confidence * 100)}% interval where one can be given. Left of zero it was faster.${margin} Whether that is the targets' doing, only runs in turn can tell.`,
    legend: differenceLegend(looks, marginMs !== null),
    plots: differencePanels(
      pairs.map((pair) => drawn(pair, several)),
      marginMs,
    ),
    table: {
      caption: "Differences",
      head: ["Pair", "At", "First, ms", "Second, ms", "Difference", "Interval", "Found", "Requests answered"],
      rows: pairs.map((pair) => [
        nameOf(pair, several),
        showQuantile(pair.quantile),
        sideWords(pair.aMs),
        sideWords(pair.bMs),
        differenceWords(pair),
        intervalWords(pair),
        answerWords(pair),
        `${grouped(pair.samples.a)} + ${grouped(pair.samples.b)}`,
      ]),
    },
  })}</div>`;
}

const looks = [
  ["faster", "one target is faster"],
  ["equivalent", "alike"],
  ["differs", "the runs differ"],
  ["inconclusive", "open"],
] as const satisfies readonly (readonly [DifferenceLook, string])[];

/** @param several whether there is more than one target to tell apart */
const nameOf = ({ target, a, b }: ReportedAcrossPair, several: boolean): string =>
  `${several ? `${target}: ` : ""}${a} − ${b}`;

const lookOf = (pair: ReportedAcrossPair): DifferenceLook =>
  answerWords(pair) === "the runs differ" ? "differs" : pair.verdict;

function drawn(pair: ReportedAcrossPair, several: boolean): DrawnDifference {
  const name = nameOf(pair, several);
  const { quantile, deltaMs, lowMs, highMs } = pair;
  return {
    ...{ quantile, deltaMs, lowMs, highMs, look: lookOf(pair) },
    label: html`<span>${name}: <b>${differenceWords(pair)}</b> ${answerWords(pair)}</span>`,
    says: `${name}: ${differenceWords(pair)}, ${intervalWords(pair)}, ${answerWords(pair)}`,
  };
}

/** For each target the distributions of its runs in one picture, as long as they can be told apart. */
export function acrossCurves(across: ReportedAcross, loads: readonly ReportedLoad[]): Markup {
  const groups = new Map(acrossGroups(across).map((group) => [group.target, group.measure]));
  return html`${[...groups].map(([target, measure]) => {
    const own = runsOf(target, loads);
    const curves = own.slice(0, seriesMax).map((load) => ({
      name: load.target === target ? load.load : `${load.load}, ${load.target}`,
      points: curveOf(load, measure),
    }));
    const rest =
      own.length > seriesMax
        ? html`<p class="meta">Of ${plural(own.length, "run")} the first ${seriesMax} are drawn; each has its own charts below.</p>`
        : null;
    return html`<div class="card">${percentileChart(`${target}: ${measure} time by percentile`, "saved runs", "Each further nine is as wide as the one before.", curves)}${cdfChart(`${target}: distribution of ${measure} time`, "saved runs", curves)}${rest}</div>`;
  })}`;
}

/** Where each run has one target only, they are compared under all of their names. */
const runsOf = (target: string, loads: readonly ReportedLoad[]): readonly ReportedLoad[] => {
  const named = loads.filter((load) => load.target === target);
  return named.length > 0 ? named : loads;
};
