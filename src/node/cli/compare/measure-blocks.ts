import type { ComparePlan } from "#core/plan/compare-plan.ts";
import type { LoadEnd } from "#core/plan/saved-load.ts";
import type { BlockRecord, SavedBlock } from "#core/statistics/saved-block.ts";
import { createTally } from "#core/statistics/tally.ts";
import { describeEnd } from "../load/describe-end.ts";
import { driveEngine } from "../load/drive-engine.ts";
import type { LoadEngine } from "../load/engine.ts";
import { keepSaving } from "../load/keep-saving.ts";
import type { LoadState } from "../load/measure.ts";
import { blockMsOf, keepBlocks } from "./keep-blocks.ts";

export interface BlocksOptions {
  readonly plan: ComparePlan;
  readonly engine: LoadEngine;
  /** So many blocks, from the first, are the pilot. */
  readonly pilotBlocks: number;
  /** The user's. */
  readonly signal: AbortSignal;
  /** Takes each block once it is over. What it rejects with ends the run: it would go on for nobody. */
  readonly save: (block: SavedBlock) => Promise<void>;
  /** Every second. */
  readonly onTick: (state: LoadState) => void;
  /** Once, with the blocks of the pilot, while the others go on. */
  readonly onPilot: (records: readonly BlockRecord[]) => void;
  readonly onWarning: (line: string) => void;
}

export type MeasuredBlocks =
  | {
      readonly kind: "measured";
      readonly records: readonly BlockRecord[];
      readonly end: LoadEnd;
      /** By the user. */
      readonly interrupted: boolean;
      /** Why it could not all be saved; null when it was. */
      readonly lost: string | null;
    }
  | { readonly kind: "not-started"; readonly message: string };

/** From the pilot's end to its estimate: most of what was under way then has been answered. */
const pilotSlackMs = 1500;

/** Runs a comparison to its end: each sample into the block it was due in, each block saved once it is over. */
export async function measureBlocks(options: BlocksOptions): Promise<MeasuredBlocks> {
  const { plan, pilotBlocks } = options;
  const total = createTally(plan.load);
  const stop = new AbortController();
  const saver = keepSaving(options.save, () => stop.abort());
  const blocks = keepBlocks(plan, saver.save);
  let pilotTold = pilotBlocks === 0;

  const driven = await driveEngine({
    ...options,
    plan: plan.load,
    stop,
    sink: {
      sample(sample) {
        total.add(sample);
        blocks.add(sample);
      },
      dropped(dropped) {
        total.drop(dropped.target, dropped.phase, dropped.count);
        blocks.drop(dropped);
      },
      // Between blocks connections are ended on purpose: how long they last is not what is asked here.
      ended: () => undefined,
    },
    onTick(elapsedMs) {
      options.onTick({ tally: total, elapsedMs });
      if (elapsedMs === null) return;
      if (!pilotTold && elapsedMs >= pilotBlocks * blockMsOf(plan) + pilotSlackMs) {
        pilotTold = true;
        options.onPilot(blocks.snapshot(pilotBlocks));
      }
      blocks.saveOver(elapsedMs);
    },
  });
  if (driven.kind === "not-started") return driven;
  const { outcome, interrupted, machine } = driven;
  const reachedMs = Math.max(0, ...total.targets.map(({ counts }) => counts.lastSentAtMs));
  blocks.closeAll(outcome.kind === "finished" ? Number.POSITIVE_INFINITY : reachedMs);
  const lost = await saver.lost();
  const around = { plan: plan.load, tally: total, breach: null, interrupted, lost, machine };
  return { kind: "measured", records: blocks.records, end: describeEnd(outcome, around), interrupted, lost };
}
