import { type BlockCounts, type BlockTally, type BlockTimes, blockCountNames, blockTimeNames } from "./block-tally.ts";
import type { Counted } from "./histogram.ts";
import type { Packing } from "./packing.ts";
import { isAmount, isRecord, isSavedTimes, readTimes, type SavedTimes, saveTimes } from "./saved-times.ts";

/** A line of `observations.ndjson`: what came of one block of a comparison. */
export interface SavedBlock {
  readonly line: "block";
  /** From 0, in the order of the plan. */
  readonly block: number;
  /** Whether all of it was sent. */
  readonly complete: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
  /** By name; those without a value are left out. */
  readonly times: Readonly<Record<string, SavedTimes>>;
}

/** A block that is over: the same whether it was just measured or read from a file. */
export interface BlockRecord {
  readonly number: number;
  readonly complete: boolean;
  readonly counts: Readonly<BlockCounts>;
  readonly failures: Readonly<Record<string, number>>;
  readonly times: Readonly<Record<keyof BlockTimes, Counted>>;
}

export function saveBlock(
  number: number,
  complete: boolean,
  { counts, failures, times }: BlockTally,
  packing: Packing,
): SavedBlock {
  return {
    line: "block",
    block: number,
    complete,
    counts: { ...counts },
    failures: Object.fromEntries(failures),
    times: Object.fromEntries(
      blockTimeNames.flatMap((name) => {
        const saved = saveTimes(times[name], packing);
        return saved === null ? [] : [[name, saved]];
      }),
    ),
  };
}

/** A saved line, or in a clause what is wrong with it. */
export function readBlock(
  line: unknown,
  packing: Packing,
): { readonly kind: "ok"; readonly block: BlockRecord } | { readonly kind: "broken"; readonly problem: string } {
  if (!isSavedBlock(line)) return { kind: "broken", problem: "not a line of a block" };
  const latency = readTimes(line.times["latency"], packing);
  const response = readTimes(line.times["response"], packing);
  const late = readTimes(line.times["late"], packing);
  if (latency === "broken" || response === "broken" || late === "broken")
    return { kind: "broken", problem: "a histogram of the block cannot be read" };
  const [requests = 0, failed = 0, dropped = 0, warmup = 0, opened = 0] = blockCountNames.map(
    (name) => line.counts[name],
  );
  return {
    kind: "ok",
    block: {
      number: line.block,
      complete: line.complete,
      counts: { requests, failed, dropped, warmup, opened },
      failures: line.failures,
      times: { latency: latency ?? nothing, response: response ?? nothing, late: late ?? nothing },
    },
  };
}

const nothing: Counted = { count: 0, mean: () => null, min: () => null, max: () => null, slots: () => [] };

const isCount = (value: unknown): value is number => isAmount(value) && Number.isInteger(value);

const isSavedBlock = (line: unknown): line is SavedBlock =>
  isRecord(line) &&
  line["line"] === "block" &&
  isCount(line["block"]) &&
  typeof line["complete"] === "boolean" &&
  [line["counts"], line["failures"]].every((counts) => isRecord(counts) && Object.values(counts).every(isCount)) &&
  isRecord(line["times"]) &&
  Object.values(line["times"]).every(isSavedTimes);
