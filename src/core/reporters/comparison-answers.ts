import { failedShareMax, failingSentence } from "#core/verdicts/comparison-verdict.ts";
import { quantileName } from "./comparison-words.ts";
import { isPilotOnly, pilotSentence } from "./pilot-words.ts";
import type { ReportedComparison, ReportedPair, ReportedUse } from "./reported-comparison.ts";
import type { RunReport } from "./run-report.ts";

/** All quantiles of one pair on one use of connections. */
export interface PairGroup {
  readonly a: string;
  readonly b: string;
  readonly connections: ReportedUse;
  readonly pairs: readonly [ReportedPair, ...ReportedPair[]];
}

/** In the order of the report. */
export function pairGroups({ pairs }: Pick<ReportedComparison, "pairs">): readonly PairGroup[] {
  const groups = new Map<string, [ReportedPair, ...ReportedPair[]]>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.connections, pair.a, pair.b]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pair]);
    else group.push(pair);
  }
  return [...groups.values()].map((group) => {
    const [{ a, b, connections }] = group;
    return { a, b, connections, pairs: group };
  });
}

/**
 * `orders-lattice is 1.20 ms slower than orders-direct at p50 (0.80 to 1.70 ms), equivalent at p90 (−0.30 to 0.50 ms)`, without a full
 * stop. What stayed open is called undecided, never a number by itself.
 */
export function groupSentence({ a, b, connections, pairs }: PairGroup, severalUses: boolean): string {
  const [first, ...rest] = pairs;
  const isOpen = first.verdict === "inconclusive";
  const head = isOpen ? `${a} compared with ${b}: ` : `${a} is `;
  const parts = [answerWords(first, isOpen ? "" : b), ...rest.map((pair) => answerWords(pair, ""))];
  return `${head}${parts.join(", ")}${severalUses ? ` (${connections} connections)` : ""}`;
}

/** The same of one quantile alone. */
export const pairSentence = (pair: ReportedPair): string => groupSentence({ ...pair, pairs: [pair] }, false);

/** @param b named where it is not empty */
function answerWords({ quantile, verdict, deltaMs, lowMs, highMs }: ReportedPair, b: string): string {
  const at = `at ${quantileName(quantile)}`;
  if (deltaMs === null || lowMs === null || highMs === null) return `not measured enough ${at}`;
  const than = b === "" ? "" : ` than ${b}`;
  switch (verdict) {
    case "slower":
      return `${showDelta(deltaMs)} ms slower${than} ${at} (${showRange(lowMs, highMs)})`;
    case "faster":
      return `${showDelta(-deltaMs)} ms faster${than} ${at} (${showRange(-highMs, -lowMs)})`;
    case "equivalent":
      return `equivalent${b === "" ? "" : ` to ${b}`} ${at} (${showRange(lowMs, highMs)})`;
    case "inconclusive":
      return `undecided ${at} (${showRange(lowMs, highMs)})`;
  }
}

/** `−0.31 to 0.50 ms`. */
export const showRange = (lowMs: number, highMs: number): string => `${showDelta(lowMs)} to ${showDelta(highMs)} ms`;

/** Two decimals, fewer from 10 on, so that the ends of a range are as precise as each other; without a unit. */
export function showDelta(ms: number): string {
  const size = Math.abs(ms);
  const text = size.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
  if (Number(text) === 0) return "0";
  return ms < 0 ? `−${text}` : text;
}

/** By target, why it cannot be compared: it failed too many of its requests. */
export function failingSentences({ targets }: ReportedComparison): ReadonlyMap<string, string> {
  return new Map(
    targets.flatMap(({ target, connections, requests, failures }) => {
      const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
      if (failed <= failedShareMax * requests) return [];
      return [[target, failingSentence({ target, connections, requests, failures })] as const];
    }),
  );
}

/** The whole comparison in a sentence or two. */
export function comparisonHeadline(report: RunReport, comparison: ReportedComparison): string {
  const groups = pairGroups(comparison);
  const severalUses = comparison.design.connections.length > 1;
  if (comparison.pilot !== null && isPilotOnly(comparison) && report.verdict === "pass")
    return pilotSentence(comparison.pilot, comparison.marginMs, null);
  const sentences = groups.map((group) => groupSentence(group, severalUses));
  switch (report.verdict) {
    case "fail":
      return [...failingSentences(comparison).values()].join(" ");
    case "pass":
      return `${sentences[0] ?? "Nothing was compared"}${others(groups.length)}.`;
    case "inconclusive":
      return `Inconclusive: ${whyInconclusive(comparison, groups, severalUses)}`;
    case "skipped":
      return "Nothing was compared.";
  }
}

const others = (count: number): string =>
  count <= 1 ? "" : `; ${count - 1} more ${count === 2 ? "pair has" : "pairs have"} an answer too`;

function whyInconclusive(comparison: ReportedComparison, groups: readonly PairGroup[], severalUses: boolean): string {
  const doubt = comparison.pairs.flatMap(({ warnings }) => warnings).find((warning) => warning.startsWith("Not to be"));
  if (doubt !== undefined) return `${doubt.replace(/^Not to be relied on: /, "")}`;
  const open = groups.find(({ pairs }) => pairs.every(({ verdict }) => verdict === "inconclusive"));
  if (open === undefined) return "nothing was compared.";
  const where = severalUses ? ` on ${open.connections} connections` : "";
  const seen = open.pairs.filter(({ smallestVisibleMs }) => smallestVisibleMs !== null);
  const missed = seen
    .map(({ quantile, smallestVisibleMs }) => `${showDelta(smallestVisibleMs ?? 0)} ms at ${quantileName(quantile)}`)
    .join(", ");
  const could = missed === "" ? (open.pairs[0].warnings[0] ?? "") : `It would have seen ${missed}.`;
  return `${open.a} and ${open.b}${where} may be alike within ${comparison.marginMs} ms or not, at no quantile it could be told. ${could}`.trim();
}
