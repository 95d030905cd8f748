import type { Random } from "./random.ts";
import { centredRanks, rankCusum } from "./rank-cusum.ts";

export interface ChangePoint {
  /** Of the first value that is unlike those before it. */
  readonly at: number;
  /** How often chance alone, in any order of the values between the changes beside it, makes as much of a difference. */
  readonly pValue: number;
}

export interface ChangeSearch {
  /** The chance that a sequence in which nothing changes has a change found in it. */
  readonly alpha: number;
  /** Values that must stand on either side of a change. */
  readonly sideMin: number;
  readonly random: Random;
}

/**
 * Where a sequence of values changes its level for good: cut where it is most unlike itself, each half cut again while chance
 * does not explain it, and every cut held once more against the stretch between its neighbours, as E-divisive means does.
 * Values that depend on those before them (a level that wanders) are found to change more often than promised.
 *
 * @see Matteson & James (2014) for the search; Vostrikova (1981) for cutting in two
 */
export function changePoints(values: readonly number[], search: ChangeSearch): readonly ChangePoint[] {
  return confirmed(values, cutsWithin(values, 0, values.length, search), search);
}

/** A change, and the stretch in which it was found. */
interface Cut extends ChangePoint {
  readonly from: number;
  readonly to: number;
}

function cutsWithin(values: readonly number[], from: number, to: number, search: ChangeSearch): readonly Cut[] {
  const cut = changeWithin(values, from, to, search);
  if (cut === null) return [];
  return [...cutsWithin(values, from, cut.at, search), cut, ...cutsWithin(values, cut.at, to, search)];
}

/**
 * A cut that was found beside a larger one may be nothing by itself, and may move when the larger one is out of the way. One
 * whose stretch is the same still was held against chance already.
 */
function confirmed(values: readonly number[], cuts: readonly Cut[], search: ChangeSearch): readonly ChangePoint[] {
  const kept: ChangePoint[] = [];
  for (const [index, cut] of cuts.entries()) {
    const from = kept.at(-1)?.at ?? 0;
    const to = cuts[index + 1]?.at ?? values.length;
    const found = cut.from === from && cut.to === to ? cut : changeWithin(values, from, to, search);
    if (found !== null) kept.push({ at: found.at, pValue: found.pValue });
  }
  return kept;
}

function changeWithin(values: readonly number[], from: number, to: number, search: ChangeSearch): Cut | null {
  if (to - from < 2 * search.sideMin) return null;
  const ranks = centredRanks(values.slice(from, to));
  const { at, statistic } = rankCusum(ranks, search.sideMin);
  if (statistic === 0) return null;
  const pValue = byChance(ranks, statistic, search);
  return pValue <= search.alpha ? { from, to, at: from + at, pValue } : null;
}

const ordersMax = 4999;
/** So many orders as unlike themselves as the values are, and chance explains it: no need to look for more. */
const enough = 60;

/**
 * Share of random orders with at least this statistic, the order that was seen among them. Stops early where the share is large.
 *
 * @see Besag & Clifford (1991)
 */
function byChance(ranks: Float64Array, statistic: number, { sideMin, random }: ChangeSearch): number {
  const order = Float64Array.from(ranks);
  // What differs in the last digit alone, by the order of adding, is the same.
  const limit = statistic * (1 - 1e-9);
  let asMuch = 0;
  for (let tried = 1; tried <= ordersMax; tried++) {
    shuffle(order, random);
    if (rankCusum(order, sideMin).statistic >= limit) asMuch += 1;
    if (asMuch === enough) return asMuch / tried;
  }
  return (asMuch + 1) / (ordersMax + 1);
}

/** Fisher and Yates, in place: thousands of times. */
function shuffle(values: Float64Array, random: Random): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const kept = values[at] ?? 0;
    values[at] = values[other] ?? 0;
    values[other] = kept;
  }
}
