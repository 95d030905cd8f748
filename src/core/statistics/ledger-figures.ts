import { type ConnectionEndKind, connectionEnds } from "./connection-end.ts";
import { type IdleColumn, type IdleTable, idleCell } from "./idle-table.ts";
import type { Ledger } from "./ledger.ts";
import { type QuantileFigures, quantilesOf, toMicro } from "./quantiles.ts";
import { endsOf } from "./rows.ts";
import { servedFrom, servedSlots, servedTo } from "./served-counts.ts";
import { shareInterval } from "./share-interval.ts";

/** A ledger as it is reported. */
export interface LedgerFigures {
  /** Of those reused at all, whatever their idle time. */
  readonly all: ReuseRow;
  /** By idle time, ascending; rows in which nothing happened are left out. */
  readonly idle: readonly IdleRow[];
  /** Within 3 s of the other side's idle timer; null where no timer is known, or nothing came so near to it. */
  readonly window: { readonly timerMs: number; readonly rows: readonly IdleRow[] } | null;
  readonly connections: ConnectionFigures;
}

export interface ReuseRow {
  /** Of methods that HTTP lets a client send again unasked: GET, HEAD, OPTIONS, TRACE, PUT, DELETE. */
  readonly idempotent: ReuseRate;
  /** Of the others: POST and PATCH. */
  readonly other: ReuseRate;
}

export interface ReuseRate {
  readonly requests: number;
  readonly stale: number;
  readonly suspectedRetries: number;
  /** Stale or suspected, of the requests; null without requests. */
  readonly rate: number | null;
  /** The true rate lies between them with 95 % confidence, if the requests have nothing to do with each other. */
  readonly low: number;
  readonly high: number;
}

export interface IdleRow extends ReuseRow {
  /** From so many milliseconds up to, and without, so many; both null where nobody knows. `toMs` alone null: and longer. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Connections that the other side ended after so long an idle time, with nothing under way. */
  readonly ended: number;
}

export interface ConnectionFigures {
  readonly born: number;
  /** By how; those that did not occur are left out. `open`: at the end of the load. */
  readonly ends: Readonly<Partial<Record<ConnectionEndKind, number>>>;
  /** Milliseconds, of those that ended before the load did; null when none did. */
  readonly ageMs: QuantileFigures | null;
  readonly servedMean: number | null;
  readonly servedMost: number;
  /** How many connections served from so many requests to so many; without empty steps. */
  readonly served: readonly { readonly from: number; readonly to: number; readonly connections: number }[];
}

const confidence = 0.95;

export function ledgerFigures(ledger: Ledger): LedgerFigures {
  const { idle, window, timerMs } = ledger;
  return {
    all: { idempotent: sumOf(idle, "idempotent"), other: sumOf(idle, "other") },
    idle: rowsOf(idle),
    window: window === null || timerMs === null ? null : nearTimer(timerMs, rowsOf(window)),
    connections: connectionsOf(ledger),
  };
}

/** Every request on a reused connection that it knows of. */
export const reusesIn = ({ idle }: Ledger): number =>
  sumOf(idle, "idempotent").requests + sumOf(idle, "other").requests;

type Methods = keyof ReuseRow;

const buckets = ({ edges }: IdleTable): readonly number[] => Array.from({ length: edges.length + 2 }, (_, at) => at);

function sumOf(table: IdleTable, methods: Methods): ReuseRate {
  const sum = (column: IdleColumn): number =>
    buckets(table).reduce((total, bucket) => total + idleCell(table, bucket, column), 0);
  return rateOf(sum(`${methods}Requests`), sum(`${methods}Stale`), sum(`${methods}Retried`));
}

export function rateOf(requests: number, stale: number, suspectedRetries: number): ReuseRate {
  const bad = stale + suspectedRetries;
  const { low, high } = shareInterval(bad, requests, confidence);
  const rate = requests === 0 ? null : toMillionth(bad / requests);
  return { requests, stale, suspectedRetries, rate, low: toMillionth(low), high: toMillionth(high) };
}

/** More digits than a run has requests would be noise. */
const toMillionth = (share: number): number => Math.round(share * 1e6) / 1e6;

function rowsOf(table: IdleTable): readonly IdleRow[] {
  return buckets(table)
    .map((bucket) => rowOf(table, bucket))
    .filter(({ idempotent, other, ended }) => idempotent.requests + other.requests + ended > 0);
}

/** What lies beyond its edges says nothing of a race. */
function nearTimer(timerMs: number, all: readonly IdleRow[]): LedgerFigures["window"] {
  const rows = all.filter(({ fromMs, toMs }) => fromMs !== null && fromMs > 0 && toMs !== null);
  return rows.length === 0 ? null : { timerMs, rows };
}

function rowOf(table: IdleTable, bucket: number): IdleRow {
  const { edges } = table;
  const of = (column: IdleColumn): number => idleCell(table, bucket, column);
  const unknown = bucket > edges.length;
  return {
    fromMs: unknown ? null : (edges[bucket - 1] ?? 0),
    toMs: edges[bucket] ?? null,
    idempotent: rateOf(of("idempotentRequests"), of("idempotentStale"), of("idempotentRetried")),
    other: rateOf(of("otherRequests"), of("otherStale"), of("otherRetried")),
    ended: of("ended"),
  };
}

function connectionsOf({ ends, served, ages, counts }: Ledger): ConnectionFigures {
  const told = connectionEnds.reduce((sum, _, at) => sum + (ends[at] ?? 0), 0);
  return {
    born: counts.births,
    ends: endsOf(ends),
    ageMs: quantilesOf(ages),
    servedMean: told === 0 ? null : toMicro(counts.servedSum / told),
    servedMost: counts.servedMost,
    served: Array.from({ length: servedSlots }, (_, slot) => ({
      from: servedFrom(slot),
      to: servedTo(slot),
      connections: served[slot] ?? 0,
    })).filter(({ connections }) => connections > 0),
  };
}
