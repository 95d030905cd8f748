import type { Exchange, Phases } from "#core/observations/exchange.ts";
import type { Measures } from "#core/verdicts/verdict.ts";

/** Whole microseconds: more would be noise in a report. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** The named phases, of several exchanges the slowest of each; left out where none took place. */
export function phaseMeasures(exchanges: readonly Exchange[], ...names: readonly (keyof Phases)[]): Measures {
  return Object.fromEntries(
    names.flatMap((name) => {
      const times = exchanges.map(({ phases }) => phases[name]).filter((time) => time !== null);
      return times.length === 0 ? [] : [[name, rounded(Math.max(...times))]];
    }),
  );
}

/** The status of the answer, where there is one. */
export const statusMeasure = ({ outcome }: Exchange): Measures =>
  outcome.kind === "answered" ? { status: outcome.status } : {};
