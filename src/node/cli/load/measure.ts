import type { ThresholdRule } from "#core/config/threshold-rule.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadEnd } from "#core/plan/saved-load.ts";
import { figuresOf } from "#core/reporters/assemble-load.ts";
import { type SavedTally, saveTally } from "#core/statistics/saved-tally.ts";
import { createTally, type Tally } from "#core/statistics/tally.ts";
import { type Ms, ms } from "#core/units.ts";
import { type Breach, createBreachWatch } from "#core/verdicts/early-end.ts";
import type { LoadFigures } from "#core/verdicts/load-figures.ts";
import { describeEnd } from "./describe-end.ts";
import { driveEngine } from "./drive-engine.ts";
import type { LoadEngine } from "./engine.ts";
import { keepSaving } from "./keep-saving.ts";
import { packing } from "./packing.ts";

export interface MeasureOptions {
  readonly plan: LoadPlan;
  readonly engine: LoadEngine;
  readonly rules: readonly ThresholdRule[];
  /** By target. */
  readonly baseline: Readonly<Record<string, LoadFigures>>;
  /** Whether a threshold broken for good ends the load. */
  readonly endEarly: boolean;
  /** The user's. */
  readonly signal: AbortSignal;
  /** Takes what was measured since it was last called. What it rejects with ends the load: it would go on for nobody. */
  readonly save: (tallies: readonly SavedTally[]) => Promise<void>;
  /** Every second. */
  readonly onTick: (state: LoadState) => void;
  readonly onWarning: (line: string) => void;
}

/** A load under way. */
export interface LoadState {
  readonly tally: Tally;
  /** Since the first sample; null before it. */
  readonly elapsedMs: Ms | null;
}

export type Measured =
  | {
      readonly kind: "measured";
      readonly tally: Tally;
      readonly end: LoadEnd;
      /** By the user. */
      readonly interrupted: boolean;
      /** Why it could not all be saved; null when it was. */
      readonly lost: string | null;
    }
  | { readonly kind: "not-started"; readonly message: string };

/** Lines of a second each, for as long as that is not a heap of them. */
const secondsSavedMax = 600;

/** Runs a load to its end, folding samples as they come, saving as it goes, and looking at its thresholds every second. */
export async function measure(options: MeasureOptions): Promise<Measured> {
  const { plan } = options;
  const total = createTally(plan);
  const unsaved = createTally(plan);
  const stop = new AbortController();
  const watch = createBreachWatch(options.rules, plan.durationMs);
  const saver = keepSaving(options.save, () => stop.abort());
  let breach: (Breach & { readonly atMs: number }) | null = null;
  let ticks = 0;

  const flush = (): void => {
    const lines = saveTally(unsaved, packing);
    unsaved.clear();
    if (lines.length > 0) saver.save(lines);
  };
  const look = (measuredMs: number): void => {
    if (!options.endEarly || breach !== null || measuredMs < 0) return;
    const found = watch.look(ms(measuredMs), watched(total, options));
    if (found === null) return;
    breach = { ...found, atMs: Math.round(measuredMs) };
    stop.abort();
  };

  const ticksPerSave = plan.warmupMs + plan.durationMs <= secondsSavedMax * 1000 ? 1 : 10;
  const driven = await driveEngine({
    ...options,
    stop,
    sink: {
      sample(sample) {
        total.add(sample);
        unsaved.add(sample);
      },
      ended(end) {
        total.end(end);
        unsaved.end(end);
      },
      dropped({ target, phase, count }) {
        total.drop(target, phase, count);
        unsaved.drop(target, phase, count);
      },
    },
    onTick(elapsedMs) {
      ticks += 1;
      if (ticks % ticksPerSave === 0) flush();
      options.onTick({ tally: total, elapsedMs });
      if (elapsedMs !== null) look(elapsedMs - plan.warmupMs);
    },
  });
  if (driven.kind === "not-started") return driven;
  flush();
  const { interrupted, machine } = driven;
  const lost = await saver.lost();
  const end = describeEnd(driven.outcome, { plan, tally: total, breach, interrupted, lost, machine });
  return { kind: "measured", tally: total, end, interrupted, lost };
}

function watched(tally: Tally, { plan, baseline }: MeasureOptions) {
  const planned = plan.arrival.kind === "open" ? Math.ceil((plan.arrival.rate * plan.durationMs) / 1000) : null;
  return tally.targets.map((own) => ({
    target: own.target,
    planned,
    figures: figuresOf(own),
    baseline: baseline[own.target] ?? null,
  }));
}
