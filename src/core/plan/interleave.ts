import { createRandom, shuffled } from "#core/statistics/random.ts";
import { type Ms, ms } from "#core/units.ts";

/** Whether a block's requests find open connections or open one each. The two are never compared with each other. */
export type ConnectionUse = "reused" | "cold";

/** A stretch of time that belongs to one target alone. */
export interface Block {
  readonly round: number;
  readonly target: string;
  readonly connections: ConnectionUse;
  /** Since the comparison began; blocks follow each other without a gap. */
  readonly startMs: Ms;
  readonly lengthMs: Ms;
  /** What is sent before this much of the block is over warms up and is not measured. */
  readonly headMs: Ms;
}

export interface Interleaving {
  /** Ids, each once. */
  readonly targets: readonly string[];
  readonly rounds: number;
  readonly blockMs: Ms;
  /** Of each block, less than it; 0 where absent. */
  readonly headMs?: Ms;
  /** `["reused"]` where absent; with both, each round holds a block of either for each target. */
  readonly connections?: readonly ConnectionUse[];
  readonly seed: number;
}

/**
 * Who is asked when. In each round every target has one block for each use of connections, all of the same length, in an order
 * drawn anew: what drifts then falls on all of them alike, and what is left differs from round to round by chance alone, which
 * is what the comparison's intervals rest on. Blocks of one use stay together, so that those compared are neighbours.
 *
 * @throws RangeError for a design without targets or rounds, a target named twice, or a head as long as its block
 * @see Box, Hunter & Hunter, Statistics for Experimenters, randomized block designs
 */
export function interleave(design: Interleaving): readonly Block[] {
  refuseNonsense(design);
  const { targets, rounds, blockMs, headMs = ms(0), connections = ["reused"], seed } = design;
  const random = createRandom(seed);
  return Array.from({ length: rounds }, (_, round) =>
    shuffled(connections, random).flatMap((use) =>
      shuffled(targets, random).map((target) => ({ round, target, connections: use })),
    ),
  )
    .flat()
    .map((block, index) => ({ ...block, startMs: ms(index * blockMs), lengthMs: blockMs, headMs }));
}

/** What a round is made of; how long it takes follows. */
export type RoundShape = Pick<Interleaving, "targets" | "blockMs" | "connections">;

/** How long so many rounds take: what a pilot's `roundsNeeded` means on the clock. */
export const roundsMs = (rounds: number, { targets, blockMs, connections = ["reused"] }: RoundShape): Ms =>
  ms(rounds * targets.length * connections.length * blockMs);

/** How many whole rounds go into a duration. */
export const roundsIn = (durationMs: Ms, shape: RoundShape): number => Math.floor(durationMs / roundsMs(1, shape));

/** The block that a moment falls into, and whether into its head; null before the first and after the last. */
export function blockAt(
  blocks: readonly Block[],
  atMs: Ms,
): { readonly block: Block; readonly inHead: boolean } | null {
  const block = blocks[Math.floor(atMs / (blocks[0]?.lengthMs ?? ms(1)))];
  return block === undefined ? null : { block, inHead: atMs - block.startMs < block.headMs };
}

function refuseNonsense({ targets, rounds, blockMs, headMs = ms(0), connections = ["reused"] }: Interleaving): void {
  if (targets.length === 0 || new Set(targets).size < targets.length)
    throw new RangeError(`targets must be named, each once: got ${targets.join(", ")}`);
  if (connections.length === 0 || new Set(connections).size < connections.length)
    throw new RangeError("uses of connections must be named, each once");
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new RangeError(`rounds are counted from 1, got ${rounds}`);
  if (!(blockMs > 0 && headMs >= 0 && headMs < blockMs))
    throw new RangeError(`a head of ${headMs} ms leaves nothing of a block of ${blockMs} ms`);
}
