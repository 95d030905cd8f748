import { connectionEnds } from "./connection-end.ts";
import type { Counted } from "./histogram.ts";
import type { Packing } from "./packing.ts";
import { pairsOf, type Row } from "./row.ts";
import { addSavedLedger, dense, isSavedLedger, type SavedLedger, saveLedger, sparse } from "./saved-ledger.ts";
import { isAmount, isRecord, isSavedTimes, readTimes, type SavedTimes, saveTimes } from "./saved-times.ts";
import type { Tally } from "./tally.ts";
import { addByName, countNames, type TargetTally, timeNames } from "./target-tally.ts";

/**
 * A line of `observations.ndjson`: what one target did in a piece of a load. All lines of a load, merged, are its tally,
 * exactly; so a run that was killed keeps what it had saved, and the lines of several machines may be put together.
 */
export interface SavedTally {
  readonly line: "tally";
  readonly target: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
  /** Absent: none was refused as it should be. */
  readonly refusals?: Readonly<Record<string, number>>;
  /** By name; those without a value are left out. */
  readonly times: Readonly<Record<string, SavedTimes>>;
  readonly rows: readonly SavedRow[];
  /** Absent in what was saved before there was one. */
  readonly ledger?: SavedLedger;
}

/**
 * Second, requests, failures, connections opened, slowest in ms, then slot, count, slot, count … of `row-layout.ts`, and where
 * connections ended, how many in which way: index, count … of `connectionEnds`.
 */
type SavedRow = readonly [number, number, number, number, number | null, readonly number[], (readonly number[])?];

/** One for each target that has something to save. */
export const saveTally = (tally: Tally, packing: Packing): readonly SavedTally[] =>
  tally.targets
    .filter(
      ({ counts, ledger }) => countNames.some((name) => counts[name] > 0) || ledger.ends.some((count) => count > 0),
    )
    .map((one) => saveTarget(one, packing));

function saveTarget(
  { target, counts, failures, refusals, times, rows, ledger }: TargetTally,
  packing: Packing,
): SavedTally {
  return {
    line: "tally",
    target,
    counts: Object.fromEntries(countNames.filter((name) => counts[name] > 0).map((name) => [name, counts[name]])),
    failures: Object.fromEntries(failures),
    ...(refusals.size === 0 ? {} : { refusals: Object.fromEntries(refusals) }),
    times: Object.fromEntries(
      timeNames.flatMap((name) => {
        const saved = saveTimes(times[name], packing);
        return saved === null ? [] : [[name, saved]];
      }),
    ),
    rows: Array.from(rows.entries(), ([second, row]) => saveRow(second, row)),
    ledger: saveLedger(ledger, packing),
  };
}

function saveRow(second: number, row: Row): SavedRow {
  const { requests, failures, connections, maxMs, ends } = row;
  const saved = [second, requests, failures, connections, maxMs, [...pairsOf(row)]] as const;
  return ends === null ? saved : [...saved, sparse(ends)];
}

/** One of the times in a saved line; null where it is of another target, or has none that can be read. */
export function timesOfLine(
  line: unknown,
  target: string,
  name: (typeof timeNames)[number],
  packing: Packing,
): Counted | null {
  if (!isSavedTally(line) || line.target !== target) return null;
  const times = readTimes(line.times[name], packing);
  return times === "broken" ? null : times;
}

/** Adds a saved line to a tally; what is wrong with it in a clause, or null when nothing is. Then nothing was added. */
export function addSavedTally(tally: Tally, line: unknown, packing: Packing): string | null {
  if (line === null) return "it was cut off while it was being written";
  if (!isSavedTally(line)) return "not a line of a tally";
  const own = tally.targets.find(({ target }) => target === line.target);
  if (own === undefined) return `a target that the load does not have: ${JSON.stringify(line.target)}`;
  const times = timeNames.map((name) => ({ name, counted: readTimes(line.times[name], packing) }));
  const broken = times.find(({ counted }) => counted === "broken");
  if (broken !== undefined) return `the histogram "${broken.name}" cannot be read`;
  if (line.ledger !== undefined && !addSavedLedger(own.ledger, line.ledger, packing))
    return 'the histogram "ages" cannot be read';
  for (const { name, counted } of times) if (counted !== "broken" && counted !== null) own.times[name].merge(counted);
  for (const name of countNames) {
    const saved = line.counts[name] ?? 0;
    own.counts[name] = name === "lastSentAtMs" ? Math.max(own.counts[name], saved) : own.counts[name] + saved;
  }
  addByName(own.failures, Object.entries(line.failures));
  addByName(own.refusals, Object.entries(line.refusals ?? {}));
  for (const [second, requests, failures, connections, maxMs, pairs, ended] of line.rows) {
    const ends = ended === undefined ? null : Uint32Array.from(dense(ended, connectionEnds.length));
    own.rows.put(second, { requests, failures, connections, maxMs, ends, open: null, packed: Uint32Array.from(pairs) });
  }
  return null;
}

const isSavedTally = (line: unknown): line is SavedTally =>
  isRecord(line) &&
  line["line"] === "tally" &&
  typeof line["target"] === "string" &&
  [line["counts"], line["failures"], line["refusals"] ?? {}].every(
    (counts) => isRecord(counts) && Object.values(counts).every(isAmount),
  ) &&
  isRecord(line["times"]) &&
  Object.values(line["times"]).every(isSavedTimes) &&
  Array.isArray(line["rows"]) &&
  line["rows"].every(isSavedRow) &&
  (line["ledger"] === undefined || isSavedLedger(line["ledger"]));

const dayOfSeconds = 86_400;

const isSavedRow = (value: unknown): boolean => {
  if (!Array.isArray(value) || value.length < 6 || value.length > 7) return false;
  const [second, requests, failures, connections, maxMs, pairs, ends = []]: readonly unknown[] = value;
  return (
    [second, requests, failures, connections].every(isAmount) &&
    isAmount(second) &&
    second <= 7 * dayOfSeconds &&
    (maxMs === null || isAmount(maxMs)) &&
    Array.isArray(pairs) &&
    pairs.length % 2 === 0 &&
    pairs.every(isAmount) &&
    Array.isArray(ends) &&
    ends.every(isAmount)
  );
};
