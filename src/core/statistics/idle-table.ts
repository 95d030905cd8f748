/**
 * What became of requests by how long their connection had been idle: a bucket below the first edge, one from each edge on, and
 * a last one for those of which it is not known. All counts lie in one array, so that counting makes nothing anew.
 */
export interface IdleTable {
  /** Milliseconds, ascending: what is at an edge lies above it. */
  readonly edges: readonly number[];
  /** Bucket by bucket, a count for each of `idleColumns`. */
  readonly cells: Float64Array;
}

/** `idempotent…`: of methods that HTTP lets a client send again unasked; `other…`: of POST, PATCH and the like. */
export const idleColumns = [
  "idempotentRequests",
  "idempotentStale",
  "idempotentRetried",
  "otherRequests",
  "otherStale",
  "otherRetried",
  /** Connections that the other side ended while nothing was under way on them. */
  "ended",
] as const;

export type IdleColumn = (typeof idleColumns)[number];
export type ReuseOutcome = "answered" | "stale" | "retried";

const width = idleColumns.length;
const otherAt = idleColumns.indexOf("otherRequests");
const endedAt = idleColumns.indexOf("ended");

export const createIdleTable = (edges: readonly number[]): IdleTable => ({
  edges,
  cells: new Float64Array((edges.length + 2) * width),
});

/** A request on a reused connection. @param idleMs null where nobody knows */
export function addReuse(table: IdleTable, idleMs: number | null, idempotent: boolean, outcome: ReuseOutcome): void {
  const at = bucketOf(table, idleMs) * width + (idempotent ? 0 : otherAt);
  addOne(table, at);
  if (outcome !== "answered") addOne(table, at + (outcome === "stale" ? 1 : 2));
}

/** A connection that ended idle. */
export const addEnded = (table: IdleTable, idleMs: number): void =>
  addOne(table, bucketOf(table, idleMs) * width + endedAt);

function addOne({ cells }: IdleTable, at: number): void {
  cells[at] = (cells[at] ?? 0) + 1;
}

function bucketOf({ edges }: IdleTable, idleMs: number | null): number {
  if (idleMs === null) return edges.length + 1;
  let bucket = 0;
  while (bucket < edges.length && idleMs >= (edges[bucket] ?? 0)) bucket += 1;
  return bucket;
}

export const idleCell = ({ cells }: IdleTable, bucket: number, column: IdleColumn): number =>
  cells[bucket * width + idleColumns.indexOf(column)] ?? 0;

/**
 * From the shortest that a busy load sees to beyond the longest idle timer that AWS publishes: 350 s, of PrivateLink and of
 * network load balancers.
 */
export const idleEdges: readonly number[] = [10, 100, 1000, 10_000, 30_000, 60_000, 300_000, 360_000];

/** As near to a timer as two machines' clocks and a round trip let a race be told. */
const offsets: readonly number[] = [3, 10, 30, 100, 300, 1000, 3000];

/** Of the race window around a timer, both ways. */
export const windowEdges = (timerMs: number): readonly number[] =>
  [...offsets.map((offset) => timerMs - offset).reverse(), ...offsets.map((offset) => timerMs + offset)].filter(
    (edge) => edge > 0,
  );
