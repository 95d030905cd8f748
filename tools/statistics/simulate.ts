import { interleave } from "#core/plan/interleave.ts";
import { comparePairs } from "#core/statistics/compare-pairs.ts";
import type { Comparison } from "#core/statistics/comparison.ts";
import { createRandom, type Random } from "#core/statistics/random.ts";
import { type Ms, ms } from "#core/units.ts";
import { counted } from "./counted.ts";
import { mannWhitney } from "./mann-whitney.ts";
import type { Scenario } from "./scenarios.ts";

export const quantiles = [0.5, 0.9, 0.99] as const;

export interface Design {
  readonly scenario: Scenario;
  readonly rounds: number;
  /** Of each block. */
  readonly requests: number;
  /** How `a` is slower than `b`. */
  readonly effect: Effect;
}

export interface Effect {
  readonly shiftMs: number;
  /** The share of requests that takes 50 ms more. */
  readonly tail: number;
}

export const noEffect: Effect = { shiftMs: 0, tail: 0 };

/** Latencies of two targets, round by round, as an interleaved comparison would see them. */
export function simulateRounds(design: Design, seed: number): { readonly a: Rounds; readonly b: Rounds } {
  const { scenario, rounds, requests, effect } = design;
  const random = createRandom(seed);
  const next = scenario.requests(random, requests);
  const seen: { readonly a: number[][]; readonly b: number[][] } = { a: [], b: [] };
  for (const { target } of interleave({ targets: ["a", "b"], rounds, blockMs: ms(1), seed: random.bits() })) {
    const isA = target === "a";
    const block = Array.from({ length: requests }, () => next() + (isA ? extraMs(effect, random) : 0));
    seen[isA ? "a" : "b"].push(block);
  }
  return seen;
}

export type Rounds = readonly (readonly number[])[];

const extraMs = ({ shiftMs, tail }: Effect, random: Random): number =>
  shiftMs + (tail > 0 && random.uniform() < tail ? 50 : 0);

export function simulateComparison(design: Design, seed: number, marginMs: Ms): Comparison {
  const { a, b } = simulateRounds(design, seed);
  return comparePairs({
    targets: [
      { id: "a", rounds: a.map(counted) },
      { id: "b", rounds: b.map(counted) },
    ],
    marginMs,
    quantiles,
  });
}

/** First all requests of `a`, then all of `b`, and a test that takes them for independent: whether it calls them different. */
export function naiveClaimsDifference({ scenario, rounds, requests }: Design, seed: number): boolean {
  const next = scenario.requests(createRandom(seed), requests);
  const a = Array.from({ length: rounds * requests }, next);
  const b = Array.from({ length: rounds * requests }, next);
  return mannWhitney(a, b) < 0.05;
}

/** The true differences of the quantiles, from so many requests that their own chance does not matter. */
export function trueDeltas({ scenario, requests, effect }: Design, seed: number): readonly number[] {
  if (effect.tail === 0) return quantiles.map(() => effect.shiftMs);
  const random = createRandom(seed);
  const next = scenario.requests(random, requests);
  const base = Float64Array.from({ length: 2_000_000 }, next);
  const slower = base.map((value) => value + extraMs(effect, random)).sort();
  base.sort();
  const at = (values: Float64Array, q: number) => values[Math.floor(q * values.length)] ?? Number.NaN;
  return quantiles.map((q) => at(slower, q) - at(base, q));
}
