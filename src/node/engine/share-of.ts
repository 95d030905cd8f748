/** A thread's share of a whole number of things; together they have all of them. @param index from 0 */
export const shareOf = (whole: number, index: number, threads: number): number =>
  Math.floor(whole / threads) + (index < whole % threads ? 1 : 0);
