import { blockOfSample, type ComparePlan } from "#core/plan/compare-plan.ts";
import type { Dropped } from "#core/plan/load-run.ts";
import { addToBlock, type BlockTally, createBlockTally } from "#core/statistics/block-tally.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { type BlockRecord, readBlock, type SavedBlock, saveBlock } from "#core/statistics/saved-block.ts";
import { type Ms, ms } from "#core/units.ts";
import { packing } from "../load/packing.ts";

/** Samples, each in the block that it was due in. */
export interface KeptBlocks {
  /** Of blocks that are closed. */
  readonly records: readonly BlockRecord[];
  add(sample: Sample): void;
  drop(dropped: Dropped): void;
  /** The first so many blocks as they stand. */
  snapshot(count: number): readonly BlockRecord[];
  /** Saves what is over by then, and closes that of which nothing more can come. */
  saveOver(elapsedMs: number): void;
  /** @param reachedMs up to when requests were sent: a block that ends later is not whole */
  closeAll(reachedMs: number): void;
}

/** After a block's end and a whole timeout nothing of it is to come, but for what an engine's messages take. */
const slackMs = 3000;

interface OpenBlock {
  readonly tally: BlockTally;
  /** How many of its requests were known of when it was saved; null while it is not. */
  saved: number | null;
}

/**
 * @param save takes a block as soon as all that was due in it is known of, so that who is killed loses no more than the last; and
 *   again, when something comes after all: of the same number the last counts
 */
export function keepBlocks(plan: ComparePlan, save: (block: SavedBlock) => void): KeptBlocks {
  const blockMs = blockMsOf(plan);
  const timeoutMs = Math.max(0, ...plan.load.targets.map((target) => target.timeoutMs));
  const useOf = new Map(plan.lanes.map(({ id, use }) => [id, use]));
  const open = new Map<number, OpenBlock>();
  const closed = new Set<number>();
  const records: BlockRecord[] = [];

  const tallyAt = (number: number): BlockTally | null => {
    if (closed.has(number)) return null;
    const block = open.get(number) ?? { tally: createBlockTally(), saved: null };
    open.set(number, block);
    return block.tally;
  };
  const close = (number: number, { tally, saved }: OpenBlock, complete: boolean): void => {
    open.delete(number);
    closed.add(number);
    const block = saveBlock(number, complete, tally, packing);
    records.push(recordOf(block));
    if (saved !== knownOf(tally)) save(block);
  };

  return {
    records,
    add(sample) {
      const number = blockOfSample(plan, sample.target, dueAt(sample));
      const tally = number === null ? null : tallyAt(number);
      if (tally !== null) addToBlock(tally, sample, useOf.get(sample.target) ?? "reused");
    },
    drop({ target, phase, count, atMs }) {
      if (phase === "warmup" || target === null) return;
      // The Node engine gives up at the very end what no connection was free for: then the last block is still open.
      const number = blockOfSample(plan, target, ms(atMs ?? plan.load.durationMs));
      const tally = number === null ? null : tallyAt(number);
      if (tally !== null) tally.counts.dropped += count;
    },
    snapshot(count) {
      const pending = [...open]
        .filter(([number]) => number < count)
        .map(([number, { tally }]) => recordOf(saveBlock(number, true, tally, packing)));
      return [...records.filter(({ number }) => number < count), ...pending];
    },
    saveOver(elapsedMs) {
      for (const [number, block] of open) {
        const overMs = (number + 1) * blockMs;
        const known = knownOf(block.tally);
        if (overMs + timeoutMs + slackMs < elapsedMs) close(number, block, true);
        else if (block.saved === null && overMs < elapsedMs && known >= dueIn(plan, number)) {
          save(saveBlock(number, true, block.tally, packing));
          block.saved = known;
        }
      }
    },
    closeAll(reachedMs) {
      for (const [number, block] of open)
        close(number, block, block.saved !== null || (number + 1) * blockMs <= reachedMs);
    },
  };
}

export const blockMsOf = ({ load }: ComparePlan): number => load.blocks?.blockMs ?? load.durationMs;

/** Of a block's requests, whatever came of them. */
const knownOf = ({ counts: { requests, dropped, warmup } }: BlockTally): number => requests + dropped + warmup;

/** How many requests are due in a block, its head included: the n-th of all is due n/rate after the beginning. */
function dueIn(plan: ComparePlan, number: number): number {
  const { arrival } = plan.load;
  if (arrival.kind === "closed") return Number.POSITIVE_INFINITY;
  const dueBefore = (atMs: number): number => Math.ceil((atMs * arrival.rate) / 1000 - borderShare);
  return dueBefore((number + 1) * blockMsOf(plan)) - dueBefore(number * blockMsOf(plan));
}

/** Of a request: where one is due on a border, the last bits are not to decide. */
const borderShare = 1e-6;

/** When a request was due; of a failed one, when it was sent. */
const dueAt = ({ sentAtMs, serviceMs, responseMs }: Sample): Ms =>
  serviceMs === null || responseMs === null ? sentAtMs : ms(sentAtMs + serviceMs - responseMs);

/** As it will be read again, so that a saved run is judged alike. */
function recordOf(saved: SavedBlock): BlockRecord {
  const read = readBlock(saved, packing);
  if (read.kind === "broken") throw new Error(`a block cannot be read as it was written: ${read.problem}`);
  return read.block;
}
