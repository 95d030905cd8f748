import { groupsMin, samplesMin } from "#core/statistics/left-out.ts";
import { type Ms, ms, type PerSecond, showMs } from "#core/units.ts";
import { type ConnectionUse, roundsIn, roundsMs } from "./interleave.ts";

/** How a comparison is carried out: everything its blocks follow from. */
export interface CompareDesign {
  readonly seed: number;
  readonly rounds: number;
  /** The first so many rounds, which tell how long it must last. They count as the others do. */
  readonly pilotRounds: number;
  readonly blockMs: Ms;
  readonly headMs: Ms;
  /** In each block, all of it at the block's target. */
  readonly rate: PerSecond;
  readonly connections: readonly ConnectionUse[];
  readonly marginMs: Ms;
}

export interface CompareWish {
  readonly targets: number;
  readonly durationMs: Ms;
  readonly rate: PerSecond;
  readonly marginMs: Ms;
  readonly seed: number;
  readonly cold: boolean;
  /** Null: as fits the duration. */
  readonly blockMs: Ms | null;
}

export type Designed =
  | { readonly kind: "ok"; readonly design: CompareDesign }
  /** A clause that says what does not fit, and what would. */
  | { readonly kind: "refused"; readonly why: string };

/** So many rounds are worth shorter blocks; with more, blocks may be as long as `blockMsUsual`. */
const roundsWanted = 20;
const blockMsUsual = 5000;
const blockMsMin = 500;
/** In a block, of what is measured; with fewer a round says next to nothing of its own. */
const requestsPerBlockMin = 5;
const headShare = 0.2;
const headMsMax = 1000;
/** The pilot is to see this quantile, if half of the rounds are enough for it. */
const pilotQuantile = 0.99;

/** Blocks and rounds for what was asked; refused where there would be too few rounds to tell anything. */
export function designComparison(wish: CompareWish): Designed {
  const { targets, durationMs, rate, marginMs, seed } = wish;
  const connections: readonly ConnectionUse[] = wish.cold ? ["reused", "cold"] : ["reused"];
  const perRound = targets * connections.length;
  const fitting = Math.floor(durationMs / (perRound * roundsWanted) / 100) * 100;
  const blockMs = wish.blockMs ?? ms(Math.min(blockMsUsual, Math.max(blockMsMin, fitting)));
  const headMs = ms(Math.min(headMsMax, Math.round(blockMs * headShare)));
  const measuredInBlock = (rate * (blockMs - headMs)) / 1000;
  if (measuredInBlock < requestsPerBlockMin)
    return refused(
      `a block of ${showMs(blockMs)} holds ${Number(measuredInBlock.toFixed(1))} measured requests at ${rate}/s, and needs ${requestsPerBlockMin} at least: raise --rate or --block`,
    );
  const rounds = roundsIn(durationMs, { targets: Array.from({ length: targets }, String), blockMs, connections });
  if (rounds < groupsMin) {
    const shortest = Math.ceil((groupsMin * perRound * blockMs) / 1000);
    const count = `${rounds} ${rounds === 1 ? "round" : "rounds"}`;
    return refused(
      `${showMs(durationMs)} hold ${count} of ${perRound} blocks of ${showMs(blockMs)}, and ${groupsMin} rounds are needed at least: --duration ${shortest}s or more, or shorter blocks with --block`,
    );
  }
  const wanted = Math.max(groupsMin, Math.ceil(samplesMin(pilotQuantile) / measuredInBlock));
  const pilotRounds = Math.min(rounds, wanted, Math.max(groupsMin, Math.floor(rounds / 2)));
  return { kind: "ok", design: { seed, rounds, pilotRounds, blockMs, headMs, rate, connections, marginMs } };
}

const refused = (why: string): Designed => ({ kind: "refused", why });

/** How long so many rounds of the design take. */
export const designMs = ({ blockMs, connections }: CompareDesign, targets: number, rounds: number): Ms =>
  roundsMs(rounds, { targets: Array.from({ length: targets }, String), blockMs, connections });
