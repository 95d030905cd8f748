import { type Ms, ms } from "#core/units.ts";
import type { Counted } from "./histogram.ts";
import { decodeSlots, encodeHistogram } from "./histogram-bytes.ts";
import { pairsOf, type Row } from "./row.ts";
import type { Tally } from "./tally.ts";
import { countNames, type TargetTally, timeNames } from "./target-tally.ts";

/**
 * A line of `observations.ndjson`: what one target did in a piece of a load. All lines of a load, merged, are its tally,
 * exactly; so a run that was killed keeps what it had saved, and the lines of several machines may be put together.
 */
export interface SavedTally {
  readonly line: "tally";
  readonly target: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
  /** By name; those without a value are left out. */
  readonly times: Readonly<Record<string, SavedTimes>>;
  readonly rows: readonly SavedRow[];
}

interface SavedTimes {
  /** HdrHistogram V2, packed. */
  readonly hdr: string;
  /** What buckets do not keep. */
  readonly meanMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** Second, requests, failures, connections opened, slowest in ms, then slot, count, slot, count … of `row-layout.ts`. */
type SavedRow = readonly [number, number, number, number, number | null, readonly number[]];

/** How bytes become text: deflate and base64, which core cannot do itself. */
export interface Packing {
  pack(bytes: Uint8Array): string;
  /** Null for what `pack` did not write. */
  unpack(text: string): Uint8Array | null;
}

/** One for each target that has something to save. */
export const saveTally = (tally: Tally, packing: Packing): readonly SavedTally[] =>
  tally.targets
    .filter(({ counts }) => countNames.some((name) => counts[name] > 0))
    .map((one) => saveTarget(one, packing));

function saveTarget({ target, counts, failures, times, rows }: TargetTally, { pack }: Packing): SavedTally {
  return {
    line: "tally",
    target,
    counts: Object.fromEntries(countNames.filter((name) => counts[name] > 0).map((name) => [name, counts[name]])),
    failures: Object.fromEntries(failures),
    times: Object.fromEntries(
      timeNames.flatMap((name) => {
        const [meanMs, minMs, maxMs] = [times[name].mean(), times[name].min(), times[name].max()];
        if (meanMs === null || minMs === null || maxMs === null) return [];
        return [[name, { hdr: pack(encodeHistogram(times[name])), meanMs, minMs, maxMs }]];
      }),
    ),
    rows: Array.from(rows.entries(), ([second, row]) => saveRow(second, row)),
  };
}

const saveRow = (second: number, row: Row): SavedRow => [
  second,
  row.requests,
  row.failures,
  row.connections,
  row.maxMs,
  [...pairsOf(row)],
];

/** Adds a saved line to a tally; what is wrong with it in a clause, or null when nothing is. Then nothing was added. */
export function addSavedTally(tally: Tally, line: unknown, packing: Packing): string | null {
  if (!isSavedTally(line)) return "not a line of a tally";
  const own = tally.targets.find(({ target }) => target === line.target);
  if (own === undefined) return `a target that the load does not have: ${JSON.stringify(line.target)}`;
  const times = timeNames.map((name) => ({ name, counted: readTimes(line.times[name], packing) }));
  const broken = times.find(({ counted }) => counted === "broken");
  if (broken !== undefined) return `the histogram "${broken.name}" cannot be read`;
  for (const { name, counted } of times) if (counted !== "broken" && counted !== null) own.times[name].merge(counted);
  for (const name of countNames) {
    const saved = line.counts[name] ?? 0;
    own.counts[name] = name === "lastSentAtMs" ? Math.max(own.counts[name], saved) : own.counts[name] + saved;
  }
  for (const [code, count] of Object.entries(line.failures))
    own.failures.set(code, (own.failures.get(code) ?? 0) + count);
  for (const [second, requests, failures, connections, maxMs, pairs] of line.rows)
    own.rows.put(second, { requests, failures, connections, maxMs, open: null, packed: Uint32Array.from(pairs) });
  return null;
}

function readTimes(saved: SavedTimes | undefined, { unpack }: Packing): Counted | "broken" | null {
  if (saved === undefined) return null;
  const bytes = unpack(saved.hdr);
  const slots = bytes === null ? null : decodeSlots(bytes);
  if (slots === null) return "broken";
  const one = (value: number) => (): Ms => ms(value);
  return {
    count: slots.reduce((sum, [, count]) => sum + count, 0),
    mean: one(saved.meanMs),
    min: one(saved.minMs),
    max: one(saved.maxMs),
    slots: () => slots,
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isAmount = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 2 ** 53;

const isSavedTally = (line: unknown): line is SavedTally =>
  isRecord(line) &&
  line["line"] === "tally" &&
  typeof line["target"] === "string" &&
  [line["counts"], line["failures"]].every((counts) => isRecord(counts) && Object.values(counts).every(isAmount)) &&
  isRecord(line["times"]) &&
  Object.values(line["times"]).every(isSavedTimes) &&
  Array.isArray(line["rows"]) &&
  line["rows"].every(isSavedRow);

const isSavedTimes = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value["hdr"] === "string" &&
  [value["meanMs"], value["minMs"], value["maxMs"]].every(isAmount);

const dayOfSeconds = 86_400;

const isSavedRow = (value: unknown): boolean => {
  if (!Array.isArray(value) || value.length !== 6) return false;
  const [second, requests, failures, connections, maxMs, pairs]: readonly unknown[] = value;
  return (
    [second, requests, failures, connections].every(isAmount) &&
    isAmount(second) &&
    second <= 7 * dayOfSeconds &&
    (maxMs === null || isAmount(maxMs)) &&
    Array.isArray(pairs) &&
    pairs.length % 2 === 0 &&
    pairs.every(isAmount)
  );
};
