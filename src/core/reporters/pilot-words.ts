import { quantileName } from "./comparison-words.ts";
import type { ReportedComparison, ReportedNeed, ReportedPilot } from "./reported-comparison.ts";
import { showElapsed, showForecast } from "./show-time.ts";

/**
 * `After a pilot of 6 rounds: to see 2 ms, or that there is none, takes about 3 min at p50, 9 min at p90 and 24 min at p99 (to be
 * safe 41 min); it was asked to last 10 min.`
 *
 * @param durationMs as planned; null where the pilot was all
 */
export function pilotSentence({ rounds, needs }: ReportedPilot, marginMs: number, durationMs: number | null): string {
  const uses = [...new Set(needs.map(({ connections }) => connections))];
  const parts = uses.map((use) => {
    const own = needs.filter(({ connections }) => connections === use).map(needWords);
    return `${own.join(", ")}${uses.length > 1 ? ` on ${use} connections` : ""}`;
  });
  return `After a pilot of ${rounds} rounds: to see a difference of ${marginMs} ms, or that there is none, it must last ${parts.join("; ")}.${durationMs === null ? "" : verdictOnLength(needs, durationMs)}`;
}

function needWords({ quantile, expectedMs, cautiousMs }: ReportedNeed): string {
  const name = quantileName(quantile);
  if (expectedMs === null || cautiousMs === null) return `longer than the pilot could tell at ${name}`;
  const [expected, cautious] = [showForecast(expectedMs), showForecast(cautiousMs)];
  return `about ${expected} at ${name}${cautious === expected ? "" : ` (${cautious} to be safe)`}`;
}

function verdictOnLength(needs: readonly ReportedNeed[], durationMs: number): string {
  const short = needs.filter(({ expectedMs }) => expectedMs === null || expectedMs > durationMs);
  const lasts = ` It lasts ${showElapsed(durationMs)}`;
  if (short.length === 0) return `${lasts}, which should do.`;
  const names = [...new Set(short.map(({ quantile }) => quantileName(quantile)))];
  const listed = names.join(", ").replace(/, (\S+)$/, " and $1");
  return `${lasts}: ${listed} may stay inconclusive.`;
}

/** Whether the pilot was all that was asked for. */
export const isPilotOnly = ({ pilot, design }: ReportedComparison): boolean =>
  pilot !== null && pilot.rounds === design.rounds;

/** How long it was to last as the pilot's sentence needs it. */
export const plannedMs = (comparison: ReportedComparison): number | null =>
  isPilotOnly(comparison) ? null : comparison.design.durationMs;
