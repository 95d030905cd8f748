// Ways to an interval that were tried beside the one that `compare` takes.
import { createRandom, type Random } from "#core/statistics/random.ts";
import { studentQuantile } from "#core/statistics/student-t.ts";
import { ms } from "#core/units.ts";
import { scenarios } from "./scenarios.ts";
import { noEffect, quantiles, simulateComparison, simulateRounds } from "./simulate.ts";

type Interval = readonly [lowMs: number, highMs: number];

/** Student's t over the rounds' own differences. */
function pairedT(deltas: readonly number[], center: number): Interval {
  const half = studentQuantile(0.975, deltas.length - 1) * errorOf(deltas);
  return [center - half, center + half];
}

/** @see Efron & Tibshirani (1993), An Introduction to the Bootstrap, 12.5 */
function studentisedBootstrap(deltas: readonly number[], random: Random): Interval {
  const resamples = 399;
  const mean = meanOf(deltas);
  const ts = Array.from({ length: resamples }, () => {
    const drawn = deltas.map(() => deltas[random.below(deltas.length)] ?? 0);
    const off = meanOf(drawn) - mean;
    return off === 0 ? 0 : off / errorOf(drawn);
  }).sort((a, b) => a - b);
  const at = (share: number) => ts[Math.round(share * (resamples + 1)) - 1] ?? Number.NaN;
  return [mean - at(0.975) * errorOf(deltas), mean - at(0.025) * errorOf(deltas)];
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function errorOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

const quantileOf = (values: readonly number[], q: number): number =>
  Float64Array.from(values).sort()[Math.max(0, Math.ceil(q * values.length) - 1)] ?? Number.NaN;

interface Sizes {
  readonly rounds: number;
  readonly requests: number;
}

export function* compareMethods(designs: readonly Sizes[], repeats: number, seed: number): Iterable<string> {
  yield "Targets alike: coverage of 95 % intervals and mean width in ms, at p50, p90, p99";
  for (const scenario of scenarios)
    for (const sizes of designs) {
      yield `${scenario.name}, ${sizes.rounds} × ${sizes.requests}`;
      const held = new Map<string, { hits: number; width: number }[]>();
      for (let repeat = 0; repeat < repeats; repeat++)
        for (const [method, intervals] of intervalsOf({ scenario, ...sizes, effect: noEffect }, seed + repeat)) {
          const sums = held.get(method) ?? quantiles.map(() => ({ hits: 0, width: 0 }));
          held.set(method, sums);
          intervals.forEach(([low, high], index) => {
            const sum = sums[index];
            if (sum === undefined) return;
            if (low <= 0 && 0 <= high) sum.hits += 1;
            sum.width += high - low;
          });
        }
      for (const [method, sums] of held)
        yield `  ${method.padEnd(40)} ${sums.map(({ hits }) => `${((100 * hits) / repeats).toFixed(1)} %`.padStart(8)).join("")}   ${sums
          .map(({ width }) => (width > 1e6 * repeats ? "∞" : (width / repeats).toFixed(2)).padStart(8))
          .join("")}`;
    }
}

function intervalsOf(
  design: Parameters<typeof simulateRounds>[0],
  seed: number,
): ReadonlyMap<string, readonly Interval[]> {
  const { a, b } = simulateRounds(design, seed);
  const random = createRandom(seed);
  const deltas = quantiles.map((q) => a.map((block, round) => quantileOf(block, q) - quantileOf(b[round] ?? [], q)));
  const merged = quantiles.map((q) => quantileOf(a.flat(), q) - quantileOf(b.flat(), q));
  return new Map([
    [
      "jackknife of merged quantiles (taken)",
      simulateComparison(design, seed, ms(1)).pairs.map(({ lowMs, highMs }): Interval => [lowMs ?? NaN, highMs ?? NaN]),
    ],
    ["paired t over rounds", deltas.map((each) => pairedT(each, meanOf(each)))],
    ["… around the merged difference", deltas.map((each, index) => pairedT(each, merged[index] ?? NaN))],
    ["studentised bootstrap over rounds", deltas.map((each) => studentisedBootstrap(each, random))],
  ]);
}
