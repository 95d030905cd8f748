import { type Ms, ms } from "#core/units.ts";

const rungs = 16;
/** From the lowest rung to the highest. */
const span = 400;
/** Just short of what is expected, and just beyond. */
const flanks = [0.96, 1.04] as const;
/** Rungs nearer to each other than this tell no more than one of them. */
const apart = 1.01;

/** Silences to try side by side: evenly spaced in proportion, and close about the one that is expected. */
export function ladder(longestMs: Ms, expectedMs: Ms | null): readonly Ms[] {
  const even = Array.from({ length: rungs }, (_, index) => longestMs / span ** (index / (rungs - 1)));
  const about = expectedMs === null ? [] : flanks.map((share) => share * expectedMs);
  const ascending = [...about, ...even].filter((gap) => gap <= longestMs).toSorted((a, b) => a - b);
  return thinned(ascending.map(Math.round).filter((gap) => gap >= 1)).map(ms);
}

const thinned = (ascending: readonly number[]): readonly number[] =>
  ascending.filter((gap, index) => {
    const next = ascending[index + 1];
    return next === undefined || next > gap * apart;
  });

/** As near as a timer is to be found: 50 ms, or 2 % of it. */
export const resolution = (timerMs: number): number => Math.max(50, timerMs * 0.02);

/** As near as it can be found over a path with so much jitter. */
export const nearness = (timerMs: number, jitterMs: number): number => Math.max(resolution(timerMs), jitterMs);

/** Of the silences of a second round, and so of its connections to one address. */
export const narrowMax = 64;

/** Silences between one that was survived and one that was not, none further apart than the resolution. */
export function between(survivedMs: number, closedMs: number): readonly Ms[] {
  const parts = Math.min(narrowMax, Math.ceil((closedMs - survivedMs) / resolution(closedMs)));
  return Array.from({ length: Math.max(0, parts - 1) }, (_, index) =>
    ms(Math.round(survivedMs + ((closedMs - survivedMs) * (index + 1)) / parts)),
  );
}
