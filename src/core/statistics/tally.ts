import type { ConnectionEnd } from "./connection-end.ts";
import type { Sample } from "./sample.ts";
import {
  addEnd,
  addSample,
  clearTargetTally,
  createTargetTally,
  mergeTargetTally,
  type TargetTally,
} from "./target-tally.ts";

/**
 * Everything a load leaves behind, target by target. Its size does not grow with the number of exchanges, and the tallies of
 * shards or of pieces of time, merged, are the tally of the whole.
 */
export interface Tally {
  readonly warmupMs: number;
  /** One for each target of the load, in its order. */
  readonly targets: readonly TargetTally[];
  /** Samples of other targets are not counted. */
  add(sample: Sample): void;
  /** Requests that were due and never sent. @param target null where it is not known: then each of the targets may have lost them */
  drop(target: string | null, phase: Sample["phase"], count: number): void;
  end(end: ConnectionEnd): void;
  merge(other: Tally): void;
  clear(): void;
}

export interface TallyPlan {
  readonly warmupMs: number;
  readonly targets: readonly {
    readonly id: string;
    /** After how long the other side is said to end idle connections. Absent or null: nobody says. */
    readonly idleTimerMs?: number | null;
  }[];
}

export function createTally({ warmupMs, targets: planned }: TallyPlan): Tally {
  const targets = planned.map(({ id, idleTimerMs = null }) => createTargetTally(id, idleTimerMs));
  const byId = new Map(targets.map((one) => [one.target, one]));
  return {
    warmupMs,
    targets,
    add(sample) {
      const own = byId.get(sample.target);
      if (own !== undefined) addSample(own, sample, warmupMs);
    },
    drop(target, phase, count) {
      if (phase === "warmup") return;
      for (const own of target === null ? targets : targets.filter((one) => one.target === target))
        own.counts.dropped += count;
    },
    end(end) {
      const own = byId.get(end.target);
      if (own !== undefined) addEnd(own, end, warmupMs);
    },
    merge(other) {
      for (const theirs of other.targets) {
        const own = byId.get(theirs.target);
        if (own !== undefined) mergeTargetTally(own, theirs);
      }
    },
    clear() {
      targets.forEach(clearTargetTally);
    },
  };
}
