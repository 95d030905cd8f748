import type { Counted } from "./histogram.ts";
import { type Cumulated, cumulate, quantileOf } from "./quantile-of.ts";

/** One quantile of one target in milliseconds, and how it leans on single groups of rounds. */
export interface LeftOut {
  /** Of all samples together. */
  readonly merged: number;
  /** Of all but one group's, group by group. */
  readonly without: readonly number[];
}

/** One target's samples, whole and round by round. */
export interface InRounds {
  readonly whole: Cumulated;
  readonly rounds: readonly Cumulated[];
}

export const inRounds = (rounds: readonly Counted[]): InRounds => ({
  whole: cumulate(rounds),
  rounds: rounds.map((round) => cumulate([round])),
});

export const leftOut = ({ whole, rounds }: InRounds, groups: number, quantile: number): LeftOut => ({
  merged: quantileOf(whole, quantile),
  without: inGroups(rounds, groups).map((group) => quantileOf(whole, quantile, group)),
});

/** Samples beyond the quantile that one group should hold: with fewer, leaving it out moves the quantile by jerks. */
const beyondPerGroup = 3;
/** Student's t with fewer degrees of freedom than five sees next to nothing. */
export const groupsMin = 6;

/** More groups are not more exact, for each then says less of its own; measured, with `npm run validate-statistics`. */
const groupsMax = 20;

/** How many samples lie beyond the quantile, on its thinner side. */
const beyond = (samples: number, quantile: number): number => samples * Math.min(quantile, 1 - quantile);

/** Fewer samples of a target than this say nothing certain of its quantile. */
export const samplesMin = (quantile: number): number =>
  Math.ceil((groupsMin * beyondPerGroup) / Math.min(quantile, 1 - quantile) - 1e-9);

/** Into how many groups rounds are best put. @param samples of the target that has fewer */
export const groupCount = (rounds: number, samples: number, quantile: number): number =>
  Math.min(rounds, groupsMax, Math.max(groupsMin, Math.floor(beyond(samples, quantile) / beyondPerGroup)));

/** Neighbours together, as evenly as it goes. */
function inGroups<T>(items: readonly T[], groups: number): readonly (readonly T[])[] {
  const start = (group: number): number => Math.floor((group * items.length) / groups);
  return Array.from({ length: groups }, (_, group) => items.slice(start(group), start(group + 1)));
}
