import { type Difference, halfWidthMs, pBeyond, pOfNone } from "./difference.ts";
import type { Counted } from "./histogram.ts";
import { holm } from "./holm.ts";
import { jackknifeError } from "./jackknife.ts";
import { groupCount, groupsMin, type InRounds, inRounds, leftOut, samplesMin } from "./left-out.ts";
import { resolutionMs } from "./quantile-of.ts";

/** One saved run of a target, as stretches of time. */
export interface RunSamples {
  /** Milliseconds since the epoch; null where it is not known. */
  readonly startedAtMs: number | null;
  /** Latencies of its answers, in order of time; those of the whole run as one where stretches are not told apart. */
  readonly blocks: readonly Counted[];
}

/** The runs of one side, and those of the other. */
export interface RunsQuestion {
  readonly a: readonly RunSamples[];
  readonly b: readonly RunSamples[];
  /** In (0, 1). */
  readonly quantile: number;
}

/**
 * What the interval is made from.
 * `in-turn`: three runs or more of each, made in turn; what drifts falls on both alike, and a verdict is given.
 * `apart`: several of each, made otherwise; how much runs of a side differ is in it, but not what changed between the sides.
 * `within`: one run of a side; only how much its own stretches differ is in it.
 */
export type Spread = "in-turn" | "apart" | "within";

export type RunsAnswer =
  | {
      readonly kind: "measured";
      readonly spread: Spread;
      /** Of `a` minus `b`. */
      readonly deltaMs: number;
      readonly lowMs: number;
      readonly highMs: number;
      /** Whether these very runs certainly differ by more than their spread, with all questions in mind: not why. */
      readonly differ: boolean;
      /** On the targets; `inconclusive` unless the runs were made in turn. */
      readonly verdict: "faster" | "slower" | "equivalent" | "inconclusive";
    }
  | { readonly kind: "too-few"; readonly missing: string };

export const runsConfidence = 0.95;
/** As in `compare-pairs.ts`: tested at 4 %, for one false claim in twenty. */
const alpha = 0.04;
const runsInTurnMin = 3;

/**
 * Compares saved runs, which were made one after the other: whatever else changed between them is in every difference. Only where
 * the runs of two sides took turns does their spread hold that too, and only then are claims made about the targets.
 *
 * @param marginMs a difference that nobody minds; null: nothing is called equivalent
 */
export function compareRuns(questions: readonly RunsQuestion[], marginMs: number | null): readonly RunsAnswer[] {
  const asked = questions.map(ask);
  const known = asked.filter((one) => one.kind === "difference");
  const none = holm(known.map(({ difference }) => pOfNone(difference)));
  const beyond = marginMs === null ? [] : holm(known.map(({ difference }) => pBeyond(difference, marginMs)));
  return asked.map((one) => {
    if (one.kind === "too-few") return one;
    const index = known.indexOf(one);
    const { difference, spread } = one;
    const { deltaMs } = difference;
    const half = halfWidthMs(difference, runsConfidence);
    const differ = (none[index] ?? 1) <= alpha;
    const same = (beyond[index] ?? 1) <= alpha;
    return {
      kind: "measured",
      ...{ spread, deltaMs, lowMs: deltaMs - half, highMs: deltaMs + half, differ },
      verdict: spread !== "in-turn" ? "inconclusive" : same ? "equivalent" : differ ? sign(deltaMs) : "inconclusive",
    };
  });
}

const sign = (deltaMs: number): "faster" | "slower" => (deltaMs < 0 ? "faster" : "slower");

type Asked =
  | { readonly kind: "difference"; readonly spread: Spread; readonly difference: Difference }
  | { readonly kind: "too-few"; readonly missing: string };

function ask({ a, b, quantile }: RunsQuestion): Asked {
  const single = a.length === 1 || b.length === 1;
  const [ofA, ofB] = [single ? blocksOf(a) : wholeRuns(a), single ? blocksOf(b) : wholeRuns(b)];
  const missing = missingIn(ofA, quantile, single) ?? missingIn(ofB, quantile, single);
  if (missing !== null) return { kind: "too-few", missing };
  if (single) return { kind: "difference", spread: "within", difference: apart(ofA, ofB, quantile, true) };
  const turns = inTurn(a, b);
  return turns === null
    ? { kind: "difference", spread: "apart", difference: apart(ofA, ofB, quantile, false) }
    : { kind: "difference", spread: "in-turn", difference: paired(turns, quantile) };
}

const blocksOf = (runs: readonly RunSamples[]): InRounds =>
  inRounds(runs.flatMap(({ blocks }) => blocks.filter(({ count }) => count > 0)));

const wholeRuns = (runs: readonly RunSamples[]): InRounds => {
  const wholes = runs.map(({ blocks }) => inRounds(blocks).whole);
  return { whole: inRounds(runs.flatMap(({ blocks }) => blocks)).whole, rounds: wholes };
};

/** What a side lacks, in a sentence. */
function missingIn({ whole, rounds }: InRounds, quantile: number, single: boolean): string | null {
  const needed = single ? samplesMin(quantile) : samplesMin(quantile) / 2;
  const have = single ? whole.total : Math.min(...rounds.map(({ total }) => total));
  const name = `p${Number((quantile * 100).toFixed(4))}`;
  if (have < needed) return `${single ? "A side" : "A run"} has ${have} answers; ${name} needs ${needed} at least.`;
  return single && rounds.length < groupsMin
    ? `A run is known in ${rounds.length} ${rounds.length === 1 ? "piece" : "pieces"}; ${groupsMin} stretches of time are needed at least to tell how much they differ.`
    : null;
}

/** Of sides that have nothing in common: their errors add. @see Welch (1947) for the degrees of freedom */
function apart(a: InRounds, b: InRounds, quantile: number, grouped: boolean): Difference {
  const [one, other] = [sideError(a, quantile, grouped), sideError(b, quantile, grouped)];
  const variance = one.variance + other.variance;
  const degrees = variance ** 2 / (one.variance ** 2 / one.degrees + other.variance ** 2 / other.degrees);
  return { deltaMs: one.merged - other.merged, errorMs: Math.sqrt(variance), degrees };
}

function sideError(side: InRounds, quantile: number, grouped: boolean) {
  const groups = grouped ? groupCount(side.rounds.length, side.whole.total, quantile) : side.rounds.length;
  const { merged, without } = leftOut(side, groups, quantile);
  return { merged, variance: jackknifeError(without, resolutionMs(merged)) ** 2, degrees: groups - 1 };
}

/** Of runs made in turn: leave the same turn out of both, and what was common to both in it cancels. */
function paired({ a, b }: Turns, quantile: number): Difference {
  const [ofA, ofB] = [leftOut(wholeRuns(a), a.length, quantile), leftOut(wholeRuns(b), b.length, quantile)];
  const deltas = ofA.without.map((value, turn) => value - (ofB.without[turn] ?? Number.NaN));
  return {
    deltaMs: ofA.merged - ofB.merged,
    errorMs: jackknifeError(deltas, Math.hypot(resolutionMs(ofA.merged), resolutionMs(ofB.merged))),
    degrees: a.length - 1,
  };
}

interface Turns {
  readonly a: readonly RunSamples[];
  readonly b: readonly RunSamples[];
}

/** The runs by turns, where each two that follow one another are one of each side; null where they are not made so, or too few. */
function inTurn(a: readonly RunSamples[], b: readonly RunSamples[]): Turns | null {
  if (a.length !== b.length || a.length < runsInTurnMin) return null;
  const all = [...a, ...b];
  if (all.some(({ startedAtMs }) => startedAtMs === null)) return null;
  all.sort((one, other) => (one.startedAtMs ?? 0) - (other.startedAtMs ?? 0));
  const turns = a.map((_, turn) => all.slice(2 * turn, 2 * turn + 2));
  if (!turns.every((turn) => turn.filter((run) => a.includes(run)).length === 1)) return null;
  const sorted = turns.flat();
  return { a: sorted.filter((run) => a.includes(run)), b: sorted.filter((run) => b.includes(run)) };
}
