import type { ConnectionEndKind } from "#core/statistics/connection-end.ts";
import { type IdleRow, type ReuseRate, type ReuseRow, rateOf } from "#core/statistics/ledger-figures.ts";
import type { ReportedLedger, ReportedLoad } from "./run-report.ts";
import { grouped, showShare } from "./show-number.ts";
import { showElapsed } from "./show-time.ts";

/** Whatever the method. */
export const bothOf = ({ idempotent, other }: ReuseRow): ReuseRate =>
  rateOf(
    idempotent.requests + other.requests,
    idempotent.stale + other.stale,
    idempotent.suspectedRetries + other.suspectedRetries,
  );

export const badOf = ({ stale, suspectedRetries }: ReuseRate): number => stale + suspectedRetries;

/** `5.4% (4.1% to 6.9%)`: with the interval that holds the true rate in 95 of 100 runs; a dash without requests. */
export const showRate = ({ rate, low, high }: ReuseRate): string =>
  rate === null ? "–" : `${showShare(rate)} (${showShare(low)} to ${showShare(high)})`;

/** `under 10 ms`, `10 to 100 ms`, `1 to 10 s`, `6 min and longer`. */
export function showIdle({ fromMs, toMs }: IdleRow): string {
  if (fromMs === null) return "not known";
  if (toMs === null) return `${showElapsed(fromMs)} and longer`;
  return fromMs === 0 ? `under ${showElapsed(toMs)}` : between(fromMs, toMs);
}

/** How far before or after the timer: `10 to 3 ms before`, `within 3 ms`, `3 to 10 ms after`. */
export function showOffset({ fromMs, toMs }: IdleRow, timerMs: number): string {
  const [from, to] = [(fromMs ?? 0) - timerMs, (toMs ?? 0) - timerMs];
  if (from < 0 && to > 0) return `within ${showElapsed(to)}`;
  return from < 0 ? `${between(-from, -to)} before` : `${between(from, to)} after`;
}

/** The unit once where it is the same. */
function between(from: number, to: number): string {
  const [a, b] = [showElapsed(from), showElapsed(to)];
  const unit = / [a-z]+$/.exec(a)?.[0] ?? "";
  return unit !== "" && b.endsWith(unit) ? `${a.slice(0, -unit.length)} to ${b}` : `${a} to ${b}`;
}

/** How connections ended, as the object of "ended". */
export const endNames = {
  retired: "by the client, as planned",
  announced: "with an answer that said so",
  fin: "by FIN",
  rst: "by RST",
  timeout: "by the client's timeout",
  broken: "by a broken protocol",
  unseen: "unseen, found dead",
  open: "still open at the end",
} as const satisfies Record<ConnectionEndKind, string>;

const isEnd = (how: string): how is ConnectionEndKind => Object.hasOwn(endNames, how);

/** Most frequent first. */
export const endsByCount = (
  ends: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly count: number }[] =>
  Object.entries(ends)
    .sort(([, a], [, b]) => b - a)
    .map(([how, count]) => ({ name: isEnd(how) ? endNames[how] : how, count }));

/** `22 opened; ended: 2 by RST; 20 still open at the end; 2,726 requests each on average, 4,012 at most`. */
export function connectionWords({ connections }: ReportedLedger): string {
  const { born, ends, servedMean, servedMost, ageMs } = connections;
  const { open = 0, ...others } = ends;
  const ended = endsByCount(others).map(({ name, count }) => `${grouped(count)} ${name}`);
  const ages = [ageMs?.p50, ageMs?.max].flatMap((age) => (age == null ? [] : [showElapsed(age)]));
  return [
    `${grouped(born)} opened`,
    ...(ended.length === 0 ? [] : [`ended: ${ended.join(", ")}`]),
    ...(open === 0 ? [] : [`${grouped(open)} still open at the end`]),
    ...(servedMean === null
      ? []
      : [`${grouped(Math.round(servedMean))} requests each on average, ${grouped(servedMost)} at most`]),
    ...(ages.length === 2 ? [`those that ended lived ${ages[0]} (median), ${ages[1]} at most`] : []),
  ].join("; ");
}

/** What reuse cost by idle time: only where it cost something. `10 to 100 ms: 3 of 53, 5.7% (1.2% to 15.7%)`. */
export const staleWords = ({ idle }: ReportedLedger): readonly string[] =>
  idle
    .map((row) => ({ row, both: bothOf(row) }))
    .filter(({ both }) => badOf(both) > 0)
    .map(
      ({ row, both }) => `${showIdle(row)}: ${grouped(badOf(both))} of ${grouped(both.requests)}, ${showRate(both)}`,
    );

/** The methods apart, where both lost something or could have. */
export function methodWords({ all: { idempotent, other } }: ReportedLedger): string | null {
  if (idempotent.requests === 0 || other.requests === 0 || badOf(idempotent) + badOf(other) === 0) return null;
  const of = (rate: ReuseRate): string => `${grouped(badOf(rate))} of ${grouped(rate.requests)}, ${showRate(rate)}`;
  return `GET and the like: ${of(idempotent)}; POST and the like: ${of(other)}`;
}

/** Where something was lost: `within 3 ms: 2 of 12, 16.7% (2.09% to 48.4%), 1 ended idle`. */
export const windowWords = ({ window }: ReportedLedger): readonly string[] =>
  (window?.rows ?? [])
    .map((row) => ({ row, both: bothOf(row) }))
    .filter(({ both }) => badOf(both) > 0)
    .map(({ row, both }) => {
      const lost =
        both.rate === null ? [] : [`${grouped(badOf(both))} of ${grouped(both.requests)}, ${showRate(both)}`];
      const ended = row.ended === 0 ? [] : [`${grouped(row.ended)} ended idle`];
      return `${showOffset(row, window?.timerMs ?? 0)}: ${[...lost, ...ended].join(", ")}`;
    });

/** What a reader in a hurry should know of it, each under a name; empty where no connection was lost. */
export function ledgerNotes({ ledger }: ReportedLoad): readonly { readonly name: string; readonly text: string }[] {
  if (ledger === undefined) return [];
  const lost = Object.keys(ledger.connections.ends).some((how) => how !== "open" && how !== "retired");
  const methods = methodWords(ledger);
  const [stale, near] = [staleWords(ledger), windowWords(ledger)];
  return [
    ...(stale.length === 0 ? [] : [{ name: "stale by idle", text: stale.join("; ") }]),
    ...(methods === null ? [] : [{ name: "by method", text: methods }]),
    ...(near.length === 0 ? [] : [{ name: "at the timer", text: near.join("; ") }]),
    ...(lost ? [{ name: "connections", text: connectionWords(ledger) }] : []),
  ];
}

export const seenByWords = {
  socket: "Idle times are those of each socket, to the microsecond.",
  "virtual-user":
    "Idle times are those of each virtual user's one connection, as its requests tell: k6 says nothing of sockets.",
} as const satisfies Record<ReportedLedger["seenBy"], string>;
