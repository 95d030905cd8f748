import { ms } from "#core/units.ts";
import type { Counted } from "./histogram.ts";
import { slotOfMs } from "./histogram.ts";

/** Durations in stretches of time, for whoever asks how much one stretch differs from the next. Its size has a bound. */
export interface Blocks {
  add(second: number, valueMs: number): void;
  /** In order of time; those without a sample are left out. */
  list(): readonly Counted[];
}

/** Twice as many as groups are ever made of them: so the last, shorter one is no group by itself. */
const blocksMax = 64;

export function createBlocks(): Blocks {
  let seconds = 1;
  let blocks: (Block | undefined)[] = [];

  const widen = (): void => {
    seconds *= 2;
    const finer = blocks;
    blocks = [];
    finer.forEach((block, index) => {
      if (block === undefined) return;
      const into = blocks[index >> 1];
      if (into === undefined) blocks[index >> 1] = block;
      else into.take(block);
    });
  };

  return {
    add(second, valueMs) {
      while (Math.floor(second / seconds) >= blocksMax) widen();
      const index = Math.max(0, Math.floor(second / seconds));
      const block = blocks[index] ?? createBlock();
      blocks[index] = block;
      block.record(valueMs);
    },
    list: () => blocks.flatMap((block) => (block === undefined ? [] : [block])),
  };
}

interface Block extends Counted {
  record(valueMs: number): void;
  take(other: Block): void;
}

/** Sparse: a second of requests fills few of the slots that there are. */
function createBlock(): Block {
  const counts = new Map<number, number>();
  let count = 0;
  let sumMs = 0;
  let minMs = Number.POSITIVE_INFINITY;
  let maxMs = Number.NEGATIVE_INFINITY;
  const orNull = (value: number) => (count === 0 ? null : ms(value));
  return {
    get count() {
      return count;
    },
    mean: () => orNull(sumMs / count),
    min: () => orNull(minMs),
    max: () => orNull(maxMs),
    slots: () => [...counts].sort(([a], [b]) => a - b),
    record(valueMs) {
      const slot = slotOfMs(valueMs);
      counts.set(slot, (counts.get(slot) ?? 0) + 1);
      count += 1;
      sumMs += valueMs;
      minMs = Math.min(minMs, valueMs);
      maxMs = Math.max(maxMs, valueMs);
    },
    take(other) {
      for (const [slot, times] of other.slots()) counts.set(slot, (counts.get(slot) ?? 0) + times);
      count += other.count;
      sumMs += (other.mean() ?? 0) * other.count;
      minMs = Math.min(minMs, other.min() ?? minMs);
      maxMs = Math.max(maxMs, other.max() ?? maxMs);
    },
  };
}
