/**
 * P-values as they may be read when several questions are asked at once: the chance of even one false answer stays below the
 * level, whatever the questions have to do with each other. In the order given.
 *
 * @see Holm (1979), A simple sequentially rejective multiple test procedure
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const adjusted = pValues.map(() => 0);
  let least = 0;
  pValues
    .map((p, index) => ({ p, index }))
    .sort((a, b) => a.p - b.p)
    .forEach(({ p, index }, rank) => {
      least = Math.max(least, Math.min(1, p * (pValues.length - rank)));
      adjusted[index] = least;
    });
  return adjusted;
}
