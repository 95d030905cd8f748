import type { Random } from "#core/statistics/random.ts";

/** Standard normal. @see Box & Muller (1958) */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log1p(-random.uniform())) * Math.cos(2 * Math.PI * random.uniform());

/** A gamma of shape 4 and scale 1: the sum of four exponentials. */
export const gammaOfFour = (random: Random): number =>
  -Math.log((1 - random.uniform()) * (1 - random.uniform()) * (1 - random.uniform()) * (1 - random.uniform()));

/** At least 1; without variance where the exponent is 2 or less. */
export const pareto = (exponent: number, random: Random): number => (1 - random.uniform()) ** (-1 / exponent);
