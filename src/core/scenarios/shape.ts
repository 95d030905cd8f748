/**
 * How a load goes over its measured time: stages one after the other, the level moving in a line from `from` to `to`. A
 * level of 1 is all of the plan's rate or connections, which no shape exceeds: the guard rails were held to it.
 */
export type Shape = readonly [Stage, ...Stage[]];

export interface Stage {
  /** Of the measured duration. */
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

export const steady: Shape = [{ share: 1, from: 1, to: 1 }];

/** From a twentieth of the rate to all of it, in ten steps that each last: each is a level one can read a latency at. */
export const staircase: Shape = [
  { share: 0.1, from: 0.05, to: 0.05 },
  ...Array.from({ length: 9 }, (_, step): Stage => ({ share: 0.1, from: (step + 2) / 10, to: (step + 2) / 10 })),
];

/** A tenth of the rate, then all of it at once for a fifth of the time, then a tenth again: what is left behind shows. */
export const spike: Shape = [
  { share: 0.3, from: 0.1, to: 0.1 },
  { share: 0.2, from: 1, to: 1 },
  { share: 0.5, from: 0.1, to: 0.1 },
];

/** @param share of the measured time that has passed; before it the level is the first */
export function levelAt(shape: Shape, share: number): number {
  let startShare = 0;
  for (const { share: length, from, to } of shape) {
    if (share < startShare + length) return from + (to - from) * (Math.max(0, share - startShare) / length);
    startShare += length;
  }
  return shape.at(-1)?.to ?? 1;
}

export const isSteady = (shape: Shape): boolean => shape.every(({ from, to }) => from === 1 && to === 1);
