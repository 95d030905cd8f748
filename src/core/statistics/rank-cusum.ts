/** Where a sequence is most unlike itself before and after, and how much. */
export interface Split {
  /** Of the first value after it. */
  readonly at: number;
  /** At least 0; 0 where all are equal. */
  readonly statistic: number;
}

/**
 * The weighted rank CUSUM: over every cut, the distance between the mean ranks of both sides in units of its spread, the
 * largest of them. Ranks, since the quantiles of runs have heavy tails and a single bad run must not be a change.
 *
 * @param ranks centred: their sum is 0
 * @param sideMin values that either side must have
 * @see Pettitt (1979), whose statistic has no weights; Csörgő & Horváth (1997), 2.1.3, for the weights
 */
export function rankCusum(ranks: ArrayLike<number>, sideMin: number): Split {
  const { length } = ranks;
  let sum = 0;
  let best: Split = { at: sideMin, statistic: 0 };
  for (let at = 1; at <= length - sideMin; at++) {
    sum += ranks[at - 1] ?? 0;
    if (at < sideMin) continue;
    const statistic = Math.abs(sum) / Math.sqrt(at * (length - at));
    if (statistic > best.statistic) best = { at, statistic };
  }
  return best;
}

/** Ranks less their mean; equal values share the mean of theirs. */
export function centredRanks(values: readonly number[]): Float64Array {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  const middle = (values.length - 1) / 2;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (const index of order.slice(from, to)) ranks[index] = (from + to - 1) / 2 - middle;
    from = to;
  }
  return ranks;
}
