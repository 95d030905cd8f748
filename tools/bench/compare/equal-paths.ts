// Paths that are one and the same: whoever calls them different is wrong.
import type { ReportedComparison, ReportedPair } from "#core/reporters/reported-comparison.ts";
import { binomialUpTo } from "#core/statistics/binomial.ts";
import { shareInterval } from "#core/statistics/share-interval.ts";
import type { Row } from "../load/row.ts";
import { per100, rare } from "./held-row.ts";
import type { ObservedLab } from "./observed-lab.ts";

const atATime = 4;
const promised = 0.05;
// A margin of next to nothing, so as not to help.
const words = { rate: "450/s", duration: "12s", block: "300ms", margin: "0.001ms" };

export async function equalPaths(lab: ObservedLab, seeds: number): Promise<readonly Row[]> {
  const waiting = Array.from({ length: seeds }, (_, index) => index + 1);
  const found: ReportedComparison[] = [];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift())
      found.push(await lab.compare(["quick", "quick-too"], { ...words, seed: String(seed) }));
  };
  await Promise.all(Array.from({ length: atATime }, work));
  const differs = ({ verdict }: ReportedPair): boolean => verdict === "faster" || verdict === "slower";
  const wrong = found.filter(({ pairs }) => pairs.some(differs)).length;
  const questions = found.flatMap(({ pairs }) => pairs).filter(({ deltaMs }) => deltaMs !== null).length;
  return [
    {
      name: "equal paths: comparisons that called them different",
      value: wrong,
      unit: `of ${found.length}`,
      note: `${judge(wrong, found.length)}; ${questions} questions asked`,
    },
  ];
}

/** Held to the promise by the binomial distribution, for comparisons have nothing to do with each other. */
function judge(wrong: number, of: number): string {
  const chance = wrong === 0 ? 1 : 1 - binomialUpTo(wrong - 1, of, promised);
  const { low, high } = shareInterval(wrong, of, 0.95);
  const [lowest, highest] = [low, high].map((share) => (share * 100).toFixed(1));
  const verdict = chance < rare ? "PROMISE BROKEN" : "promise kept as far as so many tell";
  return `promised: 5 % at most; ${verdict}: so many or more come by chance in ${per100(chance)} such benches, the true share is ${lowest} to ${highest} %`;
}
