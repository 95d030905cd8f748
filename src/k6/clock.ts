import type exec from "k6/execution";

/**
 * The moment a scenario began, in milliseconds since the epoch to some microseconds. k6 tells it in whole milliseconds and
 * has no finer clock, but how far the scenario has come is exact, and so is the moment at which `Date.now()` changes.
 */
export function exactStartMs(scenario: typeof exec.scenario, wholeMs: number): number {
  const before = Date.now();
  let now = before;
  while (now === before) now = Date.now();
  const start = now - scenario.progress * wholeMs;
  // A thread that was put aside between the two clocks is wrong by as long; k6's own word bounds it.
  return Math.min(Math.max(start, scenario.startTime), scenario.startTime + 1);
}
