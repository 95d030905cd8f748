import { nice, ticks } from "d3-array";

/** From a value to a place in the plot: 0 is left or bottom, 1 is right or top. */
export type Scale = (value: number) => number;

export interface Tick {
  /** In [0, 1]. */
  readonly at: number;
  /** Null draws a line without words. */
  readonly label: string | null;
  /** Left out where there is little room. */
  readonly minor: boolean;
}

export interface Axis {
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
}

/** From zero to a round number that holds the highest. */
export const linearAxis = (highest: number, show: (value: number) => string): Axis =>
  axisOver(nice(0, Math.max(highest, 1e-9), 3), 3, show);

/** Between two round numbers that hold both; zero is among the ticks wherever it lies between them. */
export function roundAxis(lowest: number, highest: number, show: (value: number) => string): Axis {
  const room = highest > lowest ? 0 : Math.max(1e-3, Math.abs(highest) / 10);
  return axisOver(nice(lowest - room, highest + room, 4), 4, show);
}

function axisOver([from, to]: readonly [number, number], count: number, show: (value: number) => string): Axis {
  const scale: Scale = (value) => (value - from) / (to - from);
  return {
    scale,
    ticks: ticks(from, to, count).map((value) => ({ at: scale(value), label: show(value), minor: false })),
  };
}

/** Logarithmic, from the 1-2-5 below the lowest to the one above the highest. */
export function logAxis(lowest: number, highest: number, show: (value: number) => string): Axis {
  const steps = oneTwoFives(lowest, highest);
  const from = Math.log10(steps[0] ?? 1);
  const to = Math.log10(steps.at(-1) ?? 10);
  const crowded = steps.length > 7;
  const scale: Scale = (value) => (Math.log10(Math.max(value, 1e-9)) - from) / (to - from);
  // Between two or three of them nobody could read a value off.
  const told = steps.length > 3 ? steps : ticks(steps[0] ?? 1, steps.at(-1) ?? 10, 5);
  return {
    scale: (value) => Math.min(1, Math.max(0, scale(value))),
    ticks: told.map((step, index) => ({
      at: scale(step),
      label: crowded && !isPowerOfTen(step) ? null : show(step),
      minor: told !== steps && index % 2 === 1,
    })),
  };
}

const isPowerOfTen = (value: number): boolean => Number.isInteger(Number(Math.log10(value).toFixed(9)));

/** Round numbers from the one below the lowest to the one above the highest; at least two, so that there is something between them. */
export function oneTwoFives(lowest: number, highest: number): readonly number[] {
  const low = Math.max(lowest, 1e-3);
  const all: number[] = [];
  for (let power = -3; power <= 8; power++)
    for (const factor of [1, 2, 5]) all.push(Number((factor * 10 ** power).toPrecision(1)));
  const first = Math.max(
    0,
    all.findLastIndex((step) => step <= low),
  );
  const above = all.findIndex((step) => step >= highest);
  const last = above === -1 ? all.length - 1 : above;
  return all.slice(first, Math.max(last, first + 1) + 1);
}

const secondSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** Seconds since the start, in steps that a clock has. */
export function timeAxis(seconds: number): Axis {
  const end = Math.max(1, seconds);
  const step = secondSteps.find((candidate) => end / candidate <= 8) ?? 86_400 * Math.ceil(end / 86_400 / 8);
  return {
    scale: (second) => second / end,
    ticks: Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => ({
      at: (index * step) / end,
      label: timeLabel(index * step, step),
      minor: index % 2 === 1,
    })),
  };
}

function timeLabel(second: number, step: number): string {
  if (second === 0) return "0";
  if (step % 3600 === 0) return `${second / 3600} h`;
  return step % 60 === 0 ? `${second / 60} min` : `${second} s`;
}
