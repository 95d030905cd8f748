import { clip } from "./clean.ts";
import { groupSentence, pairGroups, showDelta, showRange } from "./comparison-answers.ts";
import { quantileName } from "./comparison-words.ts";
import { showUsdAmount } from "./cost-words.ts";
import { text } from "./markdown-text.ts";
import { pilotSentence, plannedMs } from "./pilot-words.ts";
import type { ReportedComparison, ReportedCost, ReportedPair } from "./reported-comparison.ts";
import { grouped, showRate } from "./show-number.ts";
import { showElapsed } from "./show-time.ts";

/** Verdict by verdict, then what was measured, then what it costs. */
export function comparisonSection(comparison: ReportedComparison | null): readonly string[] {
  if (comparison === null) return [];
  const { principal, design, pilot, marginMs, warnings, cost } = comparison;
  const several = design.connections.length > 1;
  return [
    ...pairGroups(comparison).map((group) => `- ${text(groupSentence(group, several))}.`),
    "",
    `| pair | | difference | ${Math.round(comparison.confidence * 100)}% interval | answer |`,
    "|---|---|--:|--:|---|",
    ...comparison.pairs.map((pair) => pairRow(pair, several)),
    "",
    `**${design.engine === "k6" ? "k6" : "Node"}**${principal === undefined ? "" : `, as ${text(principal)}`}, ${design.roundsDone} of ${design.rounds} rounds in ${showElapsed(design.durationMs)}, blocks of ${showElapsed(design.blockMs)} at ${design.rate} requests/s, seed ${design.seed}; differences within ${marginMs} ms count as none. Milliseconds:`,
    "",
    "| target | connections | requests | failed | p50 | p90 | p99 |",
    "|---|---|--:|--:|--:|--:|--:|",
    ...comparison.targets.map(({ target, connections, requests, failures, quantiles }) => {
      const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
      const cells = quantiles.map(({ valueMs, lowMs, highMs }) =>
        valueMs === null || lowMs === null || highMs === null
          ? "–"
          : `${showDelta(valueMs)} (${showDelta(lowMs)} to ${showDelta(highMs)})`,
      );
      return `| ${text(target)} | ${connections} | ${grouped(requests)} | ${grouped(failed)} | ${cells.join(" | ")} |`;
    }),
    "",
    ...(pilot === null ? [] : [text(pilotSentence(pilot, marginMs, plannedMs(comparison))), ""]),
    ...warnings.map((warning) => `- ${text(clip(warning, 600))}`),
    ...(warnings.length === 0 ? [] : [""]),
    ...costTable(cost),
  ];
}

function pairRow(
  { a, b, connections, quantile, deltaMs, lowMs, highMs, verdict }: ReportedPair,
  several: boolean,
): string {
  const delta = deltaMs === null ? "–" : `${verdict === "inconclusive" ? "~ " : ""}${showDelta(deltaMs)} ms`;
  const range = lowMs === null || highMs === null ? "–" : showRange(lowMs, highMs);
  const use = several ? ` (${connections})` : "";
  return `| ${text(a)} − ${text(b)}${use} | ${quantileName(quantile)} | ${text(delta)} | ${range} | ${verdict} |`;
}

function costTable(cost: readonly ReportedCost[]): readonly string[] {
  const priced = cost.filter(({ charges }) => charges.length > 0);
  if (priced.length === 0) return [];
  const sources = [
    ...new Set(
      priced.flatMap(({ charges }) => charges.map(({ region, asOf, source }) => `${region}, ${asOf}: ${source}`)),
    ),
  ];
  return [
    "| path | USD a million requests | USD a month | carrying |",
    "|---|--:|--:|---|",
    ...priced.map(
      ({ target, perMillionUsd, monthUsd, carried }) =>
        `| ${text(target)} | ${perMillionUsd === null ? "–" : showUsdAmount(perMillionUsd)} | ${showUsdAmount(monthUsd)} | ${showRate(carried.rate)}/s, ${grouped(carried.requestBytes)} B out, ${grouped(carried.responseBytes)} B back |`,
    ),
    "",
    `An estimate, never a quote, from prices as seen: ${sources.map(text).join("; ")}. The function behind a path is not in it.`,
    "",
  ];
}
