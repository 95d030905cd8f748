import { comparePairs } from "#core/statistics/compare-pairs.ts";
import type { ComparedPair } from "#core/statistics/comparison.ts";
import type { BlockRecord } from "#core/statistics/saved-block.ts";
import { failedShareMax, failingSentence } from "#core/verdicts/comparison-verdict.ts";
import type { CompareDesign } from "./compare-design.ts";
import type { CompareLane } from "./compare-plan.ts";
import type { Block, ConnectionUse } from "./interleave.ts";

/** What was measured in the blocks of a comparison. */
export interface ComparedRounds {
  readonly design: CompareDesign;
  readonly lanes: readonly CompareLane[];
  readonly blocks: readonly Block[];
  readonly records: readonly BlockRecord[];
}

export const comparedQuantiles: readonly number[] = [0.5, 0.9, 0.99];

export interface JudgedPairs {
  /** By use of connections, then pair, then quantile; `set` is the use. */
  readonly pairs: readonly ComparedPair[];
  readonly confidence: number;
  readonly warnings: readonly string[];
  /** Targets that failed too many of their requests, in sentences by target. */
  readonly failing: ReadonlyMap<string, string>;
}

/**
 * Compares all pairs on each use of connections. What a target that fails, or a generator in doubt, would make of the numbers
 * is kept from them: then they say inconclusive, and why.
 *
 * @param doubts clauses about the whole comparison
 */
export function judgePairs(compared: ComparedRounds, doubts: readonly string[]): JudgedPairs {
  const { design, lanes } = compared;
  const failing = failingTargets(compared);
  const judged = comparePairs({
    targets: lanes.map(({ target, use }) => ({
      id: target,
      set: use,
      rounds: roundsOf(compared, target, use).map((record) => record?.times.latency ?? null),
    })),
    marginMs: design.marginMs,
    quantiles: comparedQuantiles,
  });
  const pairs = judged.pairs.map((pair): ComparedPair => {
    const why = [pair.a, pair.b].flatMap((id) => failing.get(id) ?? []);
    const warnings = [...pair.warnings, ...why, ...doubts.map((doubt) => `Not to be relied on: ${doubt}.`)];
    return why.length + doubts.length === 0 ? pair : { ...pair, verdict: "inconclusive", warnings };
  });
  return { pairs, confidence: judged.confidence, warnings: [...new Set(judged.warnings)], failing };
}

/** A lane's records, round by round as far as they go; null where its block was not measured whole. */
export function roundsOf(
  { blocks, records }: ComparedRounds,
  target: string,
  use: ConnectionUse,
): readonly (BlockRecord | null)[] {
  const whole = records.filter(({ complete }) => complete);
  const reached = Math.max(0, ...whole.map(({ number }) => (blocks[number]?.round ?? -1) + 1));
  const own: (BlockRecord | null)[] = Array.from({ length: reached }, () => null);
  for (const record of whole) {
    const block = blocks[record.number];
    if (block?.target === target && block.connections === use) own[block.round] = record;
  }
  return own;
}

function failingTargets(compared: ComparedRounds): ReadonlyMap<string, string> {
  const failing = new Map<string, string>();
  for (const { target, use } of compared.lanes) {
    const own = roundsOf(compared, target, use).filter((record) => record !== null);
    const requests = own.reduce((sum, { counts }) => sum + counts.requests, 0);
    const failed = own.reduce((sum, { counts }) => sum + counts.failed, 0);
    if (failed <= failedShareMax * requests) continue;
    const failures = Object.fromEntries(failuresOf(own));
    failing.set(target, failingSentence({ target, connections: use, requests, failures }));
  }
  return failing;
}

/** By cause code, of several blocks. */
export function failuresOf(records: readonly BlockRecord[]): ReadonlyMap<string, number> {
  const failures = new Map<string, number>();
  for (const record of records)
    for (const [code, count] of Object.entries(record.failures)) failures.set(code, (failures.get(code) ?? 0) + count);
  return failures;
}
