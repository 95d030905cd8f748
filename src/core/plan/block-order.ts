import type { Ms } from "#core/units.ts";

/** Who is sent to when in a comparison: one target at a time, all blocks of the same length, one after the other. */
export interface BlockOrder {
  readonly blockMs: Ms;
  /** The first part of each block: sent, tagged `warmup`, and not measured. */
  readonly headMs: Ms;
  /** For each block the number of its target in the plan. */
  readonly order: readonly number[];
}

/** Due times are reckoned in two places: one that falls on a border may differ in its last bits. */
const borderMs = 1e-6;

/** The number of the block in which something is due. @param dueMs since the load began */
export const blockNumberAt = ({ blockMs }: BlockOrder, dueMs: number): number =>
  Math.floor((dueMs + borderMs) / blockMs);

/** The number of the target that is sent to then; null before the first block and after the last. */
export const targetNumberAt = (blocks: BlockOrder, dueMs: number): number | null =>
  blocks.order[blockNumberAt(blocks, dueMs)] ?? null;

/** Whether something is due in a block's head. */
export const isInHead = (blocks: BlockOrder, dueMs: number): boolean =>
  dueMs + borderMs - blockNumberAt(blocks, dueMs) * blocks.blockMs < blocks.headMs;

/** Whether what is due then warms up: in the load's warm-up, or in the head of a block. */
export const isWarmup = (
  { warmupMs, blocks }: { readonly warmupMs: number; readonly blocks?: BlockOrder },
  dueMs: number,
): boolean => (blocks === undefined ? dueMs < warmupMs : isInHead(blocks, dueMs));
