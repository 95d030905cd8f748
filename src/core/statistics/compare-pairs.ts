import type { Ms } from "#core/units.ts";
import type { ComparedPair, Comparison, ComparisonVerdict } from "./comparison.ts";
import { type Difference, differenceOf, halfWidthMs, pBeyond, pOfNone } from "./difference.ts";
import type { Counted } from "./histogram.ts";
import { holm } from "./holm.ts";
import { groupCount, groupsMin, type InRounds, inRounds, leftOut, samplesMin } from "./left-out.ts";
import { type Assurance, roundsNeeded, smallestVisibleMs } from "./rounds-needed.ts";

export interface ComparisonInput {
  readonly targets: readonly ComparedTarget[];
  readonly marginMs: Ms;
  /** In (0, 1); p50, p90 and p99 where absent. */
  readonly quantiles?: readonly number[];
}

export interface ComparedTarget {
  readonly id: string;
  /** Only targets of the same set are compared, such as those on cold connections; absent: all are one set. */
  readonly set?: string;
  /**
   * Latencies of its answers, round by round, one entry for each round of the comparison; null, or empty, where nothing was
   * answered. The same index is the same round for every target.
   */
  readonly rounds: readonly (Counted | null)[];
}

const confidence = 0.95;
/** Four of five differences of the size called smallest visible are seen. */
const power = 0.8;
/**
 * One comparison in twenty may claim anything false. To keep it, claims are tested at 4 %: intervals of quantiles that are meant
 * to hold the truth in 95 % hold it in 94.5 %, as simulated, and several questions add that up.
 */
const alpha = 0.04;

/**
 * Compares every pair of targets that were asked in interleaved rounds. A difference is claimed, or its absence, only where it
 * holds with all the questions in mind that were asked at once; a pair that was measured too little says what is missing.
 *
 * @throws RangeError for a margin that is not above 0, and for quantiles outside (0, 1)
 */
export function comparePairs({ targets, marginMs, quantiles = [0.5, 0.9, 0.99] }: ComparisonInput): Comparison {
  if (!(marginMs > 0)) throw new RangeError(`a margin is above 0 ms, got ${marginMs}`);
  if (!quantiles.every((q) => q > 0 && q < 1)) throw new RangeError(`quantiles lie in (0, 1), got ${quantiles.join()}`);
  const questions = targets
    .flatMap((a, index) =>
      targets
        .slice(index + 1)
        .filter(({ set }) => set === a.set)
        .map((b) => commonRounds(a, b)),
    )
    .flatMap((pair) => quantiles.map((quantile) => ask(pair, quantile)));
  const answered = questions.filter((question) => question.difference !== null);
  const assurance = { alpha, power, questions: Math.max(1, answered.length) };
  const pNone = holm(answered.map(({ difference }) => pOfNone(difference)));
  const pBeyondMargin = holm(answered.map(({ difference }) => pBeyond(difference, marginMs)));
  const pairs = questions.map((question) => {
    if (question.difference === null) return unmeasured(question);
    const index = answered.indexOf(question);
    return measured(
      question,
      { pNone: pNone[index] ?? 1, pBeyondMargin: pBeyondMargin[index] ?? 1 },
      marginMs,
      assurance,
    );
  });
  return { pairs, marginMs, confidence, warnings: targets.flatMap(silentRounds) };
}

/** Of the rounds in which both answered. */
interface CommonRounds {
  readonly a: string;
  readonly b: string;
  readonly set: string | null;
  readonly ofA: InRounds;
  readonly ofB: InRounds;
}

function commonRounds(a: ComparedTarget, b: ComparedTarget): CommonRounds {
  const common = a.rounds.flatMap((ofA, round) => {
    const ofB = b.rounds[round];
    return ofA && ofB && ofA.count > 0 && ofB.count > 0 ? [{ ofA, ofB }] : [];
  });
  return {
    a: a.id,
    b: b.id,
    set: a.set ?? null,
    ofA: inRounds(common.map(({ ofA }) => ofA)),
    ofB: inRounds(common.map(({ ofB }) => ofB)),
  };
}

type Named = Pick<ComparedPair, "a" | "b" | "set" | "quantile" | "rounds" | "samples">;

type Question =
  | (Named & { readonly difference: Difference })
  | (Named & { readonly difference: null; readonly missing: string });

function ask({ a, b, set, ofA, ofB }: CommonRounds, quantile: number): Question {
  const rounds = ofA.rounds.length;
  const samples = { a: ofA.whole.total, b: ofB.whole.total };
  const fewer = Math.min(samples.a, samples.b);
  const named: Named = { a, b, set, quantile, rounds, samples };
  const missing = whatIsMissing(rounds, fewer, quantile);
  if (missing !== null) return { ...named, difference: null, missing };
  const groups = groupCount(rounds, fewer, quantile);
  return { ...named, difference: differenceOf(leftOut(ofA, groups, quantile), leftOut(ofB, groups, quantile)) };
}

function whatIsMissing(rounds: number, samples: number, quantile: number): string | null {
  if (rounds < groupsMin)
    return `Both answered in ${rounds} ${rounds === 1 ? "round" : "rounds"}; ${groupsMin} are needed at least to tell how much rounds differ.`;
  const needed = samplesMin(quantile);
  return samples < needed
    ? `One of them answered ${samples} times in the rounds they share; ${showQuantile(quantile)} needs ${needed} answers at least.`
    : null;
}

/** `p99`, `p99.9`. */
const showQuantile = (quantile: number): string => `p${Number((quantile * 100).toFixed(4))}`;

function unmeasured({ difference: _, missing, ...named }: Question & { readonly difference: null }): ComparedPair {
  return {
    ...named,
    warnings: [missing],
    ...{ deltaMs: null, lowMs: null, highMs: null, smallestVisibleMs: null },
    ...{ verdict: "inconclusive", roundsNeeded: null, pNone: null, pBeyondMargin: null },
  };
}

interface PValues {
  readonly pNone: number;
  readonly pBeyondMargin: number;
}

function measured(
  { difference, ...named }: Named & { readonly difference: Difference },
  pValues: PValues,
  marginMs: number,
  assurance: Assurance,
): ComparedPair {
  const { deltaMs } = difference;
  const half = halfWidthMs(difference, confidence);
  return {
    ...named,
    ...{ deltaMs, lowMs: deltaMs - half, highMs: deltaMs + half },
    verdict: verdictOf(deltaMs, pValues),
    smallestVisibleMs: smallestVisibleMs(difference, assurance),
    roundsNeeded: roundsNeeded(difference, named.rounds, marginMs, assurance),
    ...pValues,
    warnings: [],
  };
}

/** Within the margin comes first: a difference that nobody minds is no difference, however sure it is. */
function verdictOf(deltaMs: number, { pNone, pBeyondMargin }: PValues): ComparisonVerdict {
  if (pBeyondMargin <= alpha) return "equivalent";
  if (pNone > alpha) return "inconclusive";
  return deltaMs < 0 ? "faster" : "slower";
}

function silentRounds({ id, rounds }: ComparedTarget): readonly string[] {
  const silent = rounds.filter((round) => round === null || round.count === 0).length;
  if (silent === 0) return [];
  return [
    `${id} answered nothing in ${silent} of ${rounds.length} rounds: those are left out of its comparisons, so it is compared only when it was well.`,
  ];
}
