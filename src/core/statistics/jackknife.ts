/**
 * The standard error of a value, from what it becomes when each part of the data is left out in turn.
 *
 * @param kept how finely values are kept: however well they agree, the error is not less than a bucket's own
 * @see Tukey (1958); Efron & Stein (1981)
 */
export function jackknifeError(values: readonly number[], kept: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.max(Math.sqrt((squares * (values.length - 1)) / values.length), kept / Math.sqrt(12));
}
