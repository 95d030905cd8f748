import type { ConnectionEnd } from "./connection-end.ts";
import { createHistogram, type Histogram } from "./histogram.ts";
import { latenessOf } from "./lateness.ts";
import { clearLedger, createLedger, endInLedger, type Ledger, mergeLedger, reuseInLedger } from "./ledger.ts";
import { createRows, type Rows } from "./rows.ts";
import type { Sample } from "./sample.ts";

/** All that is kept of one target's exchanges, whatever their number: counts, histograms and rows, each mergeable exactly. */
export interface TargetTally {
  readonly target: string;
  /** Of the measured phase, as everything that does not say otherwise. */
  readonly counts: TallyCounts;
  /** By code of the catalogue of causes. */
  readonly failures: Map<string, number>;
  /** Of what was refused as it should be: by who refused it. */
  readonly refusals: Map<string, number>;
  readonly times: TallyTimes;
  readonly rows: Rows;
  readonly ledger: Ledger;
}

export interface TallyCounts {
  requests: number;
  failed: number;
  /** Due and never sent. */
  dropped: number;
  /** Sent in the warm-up, and counted nowhere else. */
  warmup: number;
  /**
   * Connections opened, in the warm-up too: the measured requests live on those, and a load that opens all of its connections
   * before it is measured has not used none.
   */
  connections: number;
  /** Of them, those that no keep-alive could have saved: there was no other to be had. */
  perfect: number;
  couldReuse: number;
  /** Of those that could. */
  didReuse: number;
  /** Sent on a connection that had served another, whether or not it succeeded. */
  onReused: number;
  stale: number;
  suspectedRetries: number;
  /** When the last was sent, since the load began; merged by the later. */
  lastSentAtMs: number;
}

/** Of the exchanges that succeeded, and of no others. */
export interface TallyTimes {
  readonly service: Histogram;
  readonly response: Histogram;
  readonly connect: Histogram;
  readonly tls: Histogram;
  /** What the generator itself was late: `Sample.lateMs`, or from due to sent on connections that were open already. */
  readonly late: Histogram;
}

export const timeNames = [
  "service",
  "response",
  "connect",
  "tls",
  "late",
] as const satisfies readonly (keyof TallyTimes)[];

/** @param timerMs after how long the other side is said to end idle connections; null where nobody says */
export const createTargetTally = (target: string, timerMs: number | null): TargetTally => ({
  target,
  counts: noCounts(),
  failures: new Map(),
  refusals: new Map(),
  times: {
    service: createHistogram(),
    response: createHistogram(),
    connect: createHistogram(),
    tls: createHistogram(),
    late: createHistogram(),
  },
  rows: createRows(),
  ledger: createLedger(timerMs),
});

export const noCounts = (): TallyCounts => ({
  requests: 0,
  failed: 0,
  dropped: 0,
  warmup: 0,
  connections: 0,
  perfect: 0,
  couldReuse: 0,
  didReuse: 0,
  onReused: 0,
  stale: 0,
  suspectedRetries: 0,
  lastSentAtMs: 0,
});

/** Runs thousands of times a second: nothing is made anew in it. */
export function addSample(tally: TargetTally, sample: Sample, warmupMs: number): void {
  const { counts, failures, refusals, times, rows, ledger } = tally;
  const { sentAtMs, serviceMs, responseMs, connectMs, tlsMs, reusedSocket, couldReuse, failure } = sample;
  const opened = connectMs !== null;
  if (opened) {
    counts.connections += 1;
    if (!couldReuse) counts.perfect += 1;
  }
  if (opened || sample.suspectedRetry) ledger.counts.births += 1;
  if (sentAtMs > counts.lastSentAtMs) counts.lastSentAtMs = sentAtMs;
  if (sample.phase === "warmup") {
    counts.warmup += 1;
    return;
  }
  counts.requests += 1;
  if (couldReuse) {
    counts.couldReuse += 1;
    if (reusedSocket) counts.didReuse += 1;
  }
  const stale = failure !== null && staleCodes.includes(failure);
  if (reusedSocket) {
    counts.onReused += 1;
    reuseInLedger(ledger, sample, stale);
  }
  if (sample.suspectedRetry) counts.suspectedRetries += 1;
  const second = Math.max(0, Math.floor((sentAtMs - warmupMs) / 1000));
  if (failure !== null) {
    counts.failed += 1;
    if (stale) counts.stale += 1;
    failures.set(failure, (failures.get(failure) ?? 0) + 1);
    rows.add(second, null, opened);
    return;
  }
  const { refusedBy = null } = sample;
  if (refusedBy !== null) refusals.set(refusedBy, (refusals.get(refusedBy) ?? 0) + 1);
  rows.add(second, serviceMs, opened);
  if (serviceMs !== null) times.service.record(serviceMs);
  if (responseMs !== null) times.response.record(responseMs);
  if (connectMs !== null) times.connect.record(connectMs);
  if (tlsMs !== null) times.tls.record(tlsMs);
  const lateMs = latenessOf(sample);
  if (lateMs !== null) times.late.record(lateMs);
}

const staleCodes: readonly string[] = ["stale-reuse-reset", "stale-reuse-silent"];

export function addEnd({ ledger, rows }: TargetTally, end: ConnectionEnd, warmupMs: number): void {
  endInLedger(ledger, end);
  if (end.how !== "open" && end.atMs >= warmupMs) rows.end(Math.floor((end.atMs - warmupMs) / 1000), end.how);
}

export function mergeTargetTally(into: TargetTally, from: TargetTally): void {
  addCounts(into.counts, from.counts);
  addByName(into.failures, from.failures);
  addByName(into.refusals, from.refusals);
  for (const name of timeNames) into.times[name].merge(from.times[name]);
  into.rows.merge(from.rows);
  mergeLedger(into.ledger, from.ledger);
}

export function addByName(into: Map<string, number>, from: Iterable<readonly [string, number]>): void {
  for (const [name, count] of from) into.set(name, (into.get(name) ?? 0) + count);
}

export function addCounts(into: TallyCounts, from: Readonly<TallyCounts>): void {
  const lastSentAtMs = Math.max(into.lastSentAtMs, from.lastSentAtMs);
  for (const name of countNames) into[name] += from[name];
  into.lastSentAtMs = lastSentAtMs;
}

export const countNames: readonly (keyof TallyCounts)[] = [
  "requests",
  "failed",
  "dropped",
  "warmup",
  "connections",
  "perfect",
  "couldReuse",
  "didReuse",
  "onReused",
  "stale",
  "suspectedRetries",
  "lastSentAtMs",
];

export function clearTargetTally({ counts, failures, refusals, times, rows, ledger }: TargetTally): void {
  Object.assign(counts, noCounts());
  failures.clear();
  refusals.clear();
  for (const name of timeNames) times[name].clear();
  rows.clear();
  clearLedger(ledger);
}
