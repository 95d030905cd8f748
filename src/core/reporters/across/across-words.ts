import { showDelta } from "../comparison-answers.ts";
import { groupBy } from "../group-by.ts";
import { threeDigits } from "../show-number.ts";
import type { ReportedAcross, ReportedAcrossPair } from "./reported-across.ts";

/** The quantiles of one target between two sides. */
export interface AcrossGroup {
  readonly target: string;
  readonly a: string;
  readonly b: string;
  readonly measure: ReportedAcrossPair["measure"];
  readonly pairs: readonly ReportedAcrossPair[];
}

/** In the order of the report. */
export function acrossGroups({ pairs }: ReportedAcross): readonly AcrossGroup[] {
  return groupBy(pairs, ({ target, a }) => JSON.stringify([target, a])).map((own) => {
    const [{ target, a, b, measure }] = own;
    return { target, a, b, measure, pairs: own };
  });
}

/** `p50`, `p99.9`. */
export const showQuantile = (quantile: number): string => `p${Number((quantile * 100).toFixed(4))}`;

/** `+0.31`, `−12.4`, `0`: two decimals, fewer from 10 on. */
export function showDifference(ms: number): string {
  const text = showDelta(ms);
  return ms < 0 || text === "0" ? text : `+${text}`;
}

export const differenceWords = ({ deltaMs }: ReportedAcrossPair): string =>
  deltaMs === null ? "–" : `${showDifference(deltaMs)} ms`;

/** `+0.80 to +1.70 ms`; of what only quantiles are known, none. */
export const intervalWords = ({ lowMs, highMs }: ReportedAcrossPair): string =>
  lowMs === null || highMs === null ? "no interval" : `${showDifference(lowMs)} to ${showDifference(highMs)} ms`;

export const sideWords = (ms: number | null): string => (ms === null ? "–" : threeDigits(ms));

/** What came of it, in a word or a few. */
export function answerWords({ verdict, runsDiffer, spread }: ReportedAcrossPair): string {
  if (verdict !== "inconclusive") return verdict;
  if (runsDiffer === null || spread === "none") return "inconclusive";
  if (spread === "in-turn") return "inconclusive";
  return runsDiffer ? "the runs differ" : "no difference seen";
}

/** All of it in a sentence or two. */
export function acrossHeadline(across: ReportedAcross): string {
  const groups = acrossGroups(across);
  const told = groups.flatMap((group) =>
    group.pairs.some(({ verdict }) => verdict !== "inconclusive") ? [groupSentence(group)] : [],
  );
  if (told.length > 0) return `${told.join("; ")}.`;
  const [first] = groups;
  if (first === undefined) return "Inconclusive: no target of one side is in the other.";
  const differing = first.pairs.filter(({ runsDiffer }) => runsDiffer === true);
  const seen =
    differing.length === 0
      ? `between ${first.b} and ${first.a} no certain difference is seen at ${first.target}`
      : `${first.target} differs between ${first.b} and ${first.a} by ${differing.map((pair) => `${differenceWords(pair)} at ${showQuantile(pair.quantile)}`).join(", ")}, and ${whyOpen(first)}`;
  const known = first.pairs.some(({ spread }) => spread !== "none");
  return known
    ? `Inconclusive: ${seen}.`
    : `Inconclusive: ${first.pairs.map((pair) => `${differenceWords(pair)} at ${showQuantile(pair.quantile)}`).join(", ")} at ${first.target} from ${first.b} to ${first.a}; no interval can be given.`;
}

function whyOpen({ pairs }: AcrossGroup): string {
  if (pairs.some(({ spread }) => spread !== "in-turn")) return "runs that did not take turns do not tell why";
  return pairs.some(({ warnings }) => warnings.length > 0)
    ? "what makes it doubtful stands beside it"
    : "that is not certain with all questions in mind";
}

function groupSentence({ target, a, b, pairs }: AcrossGroup): string {
  const parts = pairs.map((pair) => `${answerWords(pair)} at ${showQuantile(pair.quantile)} (${intervalWords(pair)})`);
  return `${target} in ${a}, compared with ${b}: ${parts.join(", ")}`;
}
