import { clean, clip } from "../clean.ts";
import { type PairGroup, pairGroups, showDelta, showRange } from "../comparison-answers.ts";
import { quantileName } from "../comparison-words.ts";
import { showUsdAmount } from "../cost-words.ts";
import { pilotSentence, plannedMs } from "../pilot-words.ts";
import type {
  ReportedComparedTarget,
  ReportedComparison,
  ReportedCost,
  ReportedPair,
  ReportedQuantile,
  ReportedUse,
} from "../reported-comparison.ts";
import type { OverallVerdict, RunReport } from "../run-report.ts";
import { grouped, showShare, threeDigits } from "../show-number.ts";
import { showElapsed, showForecast } from "../show-time.ts";
import { wrap } from "../wrap.ts";
import { colour, mark, type TerminalView } from "./view.ts";

/** Who was asked how, what each took, how the pairs differ, and what each path costs. */
export function comparisonLines({ comparison }: RunReport, view: TerminalView): readonly string[] {
  if (comparison === null) return [];
  const { design, pilot, marginMs, warnings } = comparison;
  return [
    ...say(view.paint.bold("compare"), designWords(comparison), view),
    ...(pilot === null ? [] : say("", pilotSentence(pilot, marginMs, plannedMs(comparison)), view)),
    "",
    ...design.connections.flatMap((use) => useLines(comparison, use, view)),
    ...warnings.flatMap((warning) => note("!", warning, view)),
    ...(warnings.length === 0 ? [] : [""]),
    ...costLines(comparison.cost, view),
  ];
}

function designWords({ principal, design }: ReportedComparison): string {
  const { engine, rounds, roundsDone, blockMs, rate, seed, durationMs } = design;
  const done = roundsDone === rounds ? `${rounds} rounds` : `${roundsDone} of ${rounds} rounds`;
  return `${engine === "k6" ? "k6" : "Node"}${principal === undefined ? "" : `, as ${principal}`}, ${done} in ${showElapsed(durationMs)}, blocks of ${showElapsed(blockMs)} at ${rate} requests/s, seed ${seed}`;
}

const say = (head: string, text: string, view: TerminalView): readonly string[] =>
  wrap(clean(text), Math.max(20, view.columns - 9)).map((line, index) =>
    index === 0 && head !== "" ? `${head}  ${view.paint.dim(line)}` : `         ${view.paint.dim(line)}`,
  );

const note = (sign: string, text: string, view: TerminalView): readonly string[] =>
  wrap(clip(clean(text), 1200), Math.max(20, view.columns - 4)).map(
    (line, index) => `${index === 0 ? view.paint.yellow(sign.padEnd(2)) : " ".repeat(Math.max(2, sign.length))}${line}`,
  );

const meanings = {
  reused: "service time on kept connections",
  cold: "connect, TLS handshake and service time on new connections",
} as const satisfies Record<ReportedUse, string>;

const nameWidthMax = 24;

function useLines(comparison: ReportedComparison, use: ReportedUse, view: TerminalView): readonly string[] {
  const targets = comparison.targets.filter(({ connections }) => connections === use);
  const width = Math.min(nameWidthMax, Math.max(0, ...targets.map(({ target }) => clean(target).length)));
  const groups = pairGroups(comparison).filter(({ connections }) => connections === use);
  return [
    view.paint.bold(`${use} connections`) +
      view.paint.dim(`: ${meanings[use]}, in ms, with ${Math.round(comparison.confidence * 100)}% intervals`),
    ...targets.map((target) => targetLine(target, width, view)),
    "",
    ...groups.flatMap((group) => groupLines(group, comparison, view)),
  ];
}

function targetLine(own: ReportedComparedTarget, width: number, view: TerminalView): string {
  const { target, quantiles, requests, failures, latencyMs } = own;
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const figures = quantiles.map(
    (one) => `${view.paint.cyan(quantileName(one.quantile))} ${quantileWords(one, latencyMs)}`,
  );
  const bad =
    failed === 0
      ? "none failed"
      : view.paint.red(`${grouped(failed)} failed (${showShare(failed / Math.max(1, requests))})`);
  return `  ${clip(clean(target), width).padEnd(width)}  ${figures.join("  ")}  ${bad}`;
}

function quantileWords(
  { quantile, valueMs, lowMs, highMs }: ReportedQuantile,
  all: ReportedComparedTarget["latencyMs"],
): string {
  if (valueMs !== null && lowMs !== null && highMs !== null)
    return `${threeDigits(valueMs)} (${threeDigits(lowMs)}–${threeDigits(highMs)})`;
  const known = all === null ? null : { 0.5: all.p50, 0.9: all.p90, 0.99: all.p99 }[quantile];
  return known === null || known === undefined ? "–" : `${threeDigits(known)} (?)`;
}

/** An answer at any quantile is one; of the whole pair only that there is none would be inconclusive. */
const groupVerdict = ({ pairs }: PairGroup): OverallVerdict =>
  pairs.every(({ verdict }) => verdict === "inconclusive") ? "inconclusive" : "pass";

function groupLines(group: PairGroup, comparison: ReportedComparison, view: TerminalView): readonly string[] {
  const warnings = [...new Set(group.pairs.flatMap((pair) => pair.warnings))].filter(
    (warning) => !comparison.warnings.includes(warning),
  );
  return [
    `${mark(groupVerdict(group), view)} ${view.paint.bold(clean(group.a))} compared with ${view.paint.bold(clean(group.b))}`,
    ...group.pairs.map((pair) => pairLine(pair, comparison, view)),
    ...warnings.flatMap((warning) => note("    ", warning, view)),
    "",
  ];
}

const columns = { quantile: 6, answer: 18, range: 24 } as const;

function pairLine(pair: ReportedPair, comparison: ReportedComparison, view: TerminalView): string {
  const { quantile, lowMs, highMs } = pair;
  const range = lowMs === null || highMs === null ? "" : showRange(lowMs, highMs);
  const paint = colour(pair.verdict === "inconclusive" ? "inconclusive" : "pass", view);
  const line = `    ${quantileName(quantile).padEnd(columns.quantile)}${paint(answerOf(pair).padEnd(columns.answer))}${range.padEnd(columns.range)}`;
  return `${line}${view.paint.dim(remarkOf(pair, comparison))}`.trimEnd();
}

function answerOf({ verdict, deltaMs }: ReportedPair): string {
  switch (verdict) {
    case "slower":
      return `${showDelta(deltaMs ?? 0)} ms slower`;
    case "faster":
      return `${showDelta(-(deltaMs ?? 0))} ms faster`;
    case "equivalent":
      return "equivalent";
    case "inconclusive":
      return "~ inconclusive";
  }
}

/** What a comparison that could not tell would have needed. */
function remarkOf({ verdict, smallestVisibleMs, roundsNeeded }: ReportedPair, { design }: ReportedComparison): string {
  if (verdict !== "inconclusive" || smallestVisibleMs === null || roundsNeeded === null) return "";
  const needsMs = (design.durationMs / design.rounds) * roundsNeeded.expected;
  const seen = `would see ${showDelta(smallestVisibleMs)} ms`;
  // Where it lasted long enough, something else is in the way, and is said below.
  return needsMs > design.durationMs ? `${seen}; about ${showForecast(needsMs)} to tell` : seen;
}

function costLines(cost: readonly ReportedCost[], view: TerminalView): readonly string[] {
  const priced = cost.filter(({ charges }) => charges.length > 0);
  if (priced.length === 0) return [];
  const width = Math.min(nameWidthMax, Math.max(...priced.map(({ target }) => clean(target).length)));
  const dates = [...new Set(priced.flatMap(({ charges }) => charges.map(({ region, asOf }) => `${region}, ${asOf}`)))];
  return [
    view.paint.bold("cost") +
      view.paint.dim(
        `: an estimate from prices as seen (${clean(dates.join("; "))}), never a quote; this load going on for a month`,
      ),
    ...priced.map(
      ({ target, monthUsd, perMillionUsd, carried }) =>
        `  ${clip(clean(target), width).padEnd(width)}  ${perMillionUsd === null ? "–" : `${showUsdAmount(perMillionUsd)} USD a million requests`}, ${showUsdAmount(monthUsd)} USD a month at ${threeDigits(carried.rate)}/s`,
    ),
    "",
  ];
}
