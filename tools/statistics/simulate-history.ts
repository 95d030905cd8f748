import { changePoints } from "#core/statistics/change-points.ts";
import { createRandom, type Random } from "#core/statistics/random.ts";

/** Nightly figures of a path whose level is known. */
export interface HistoryDesign {
  readonly world: "normal" | "heavy" | "resembling";
  readonly runs: number;
  /** How many of them, the last, have the new level. */
  readonly after: number;
  /** Of the level, in standard deviations of a night; 0: nothing changes. */
  readonly shift: number;
}

export interface HistorySeen {
  /** Share of histories in which a change was told. */
  readonly told: number;
  /** Share in which one was told within a run of where it is. */
  readonly placed: number;
}

export function measureHistory(design: HistoryDesign, alpha: number, repeats: number, seed: number): HistorySeen {
  const random = createRandom(seed);
  let told = 0;
  let placed = 0;
  const from = design.runs - design.after;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const next = worlds[design.world](random);
    const values = Array.from({ length: design.runs }, (_, run) => next() + (run >= from ? design.shift : 0));
    const found = changePoints(values, { alpha, sideMin: 3, random });
    if (found.length > 0) told += 1;
    if (found.some(({ at }) => Math.abs(at - from) <= 1)) placed += 1;
  }
  return { told: told / repeats, placed: placed / repeats };
}

const normal = ({ uniform }: Random): (() => number) => {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
};

const worlds: Record<HistoryDesign["world"], (random: Random) => () => number> = {
  normal,
  /** One night in twenty is far worse, as quantiles of nights are. */
  heavy: (random) => {
    const next = normal(random);
    return () => next() + (random.uniform() < 0.05 ? 10 * random.uniform() : 0);
  },
  /** Each night takes 0.3 of the one before: the level wanders. */
  resembling: (random) => {
    const next = normal(random);
    let last = next();
    return () => {
      last = 0.3 * last + Math.sqrt(1 - 0.3 ** 2) * next();
      return last;
    };
  },
};
