import type { Fact } from "#core/facts.ts";
import { type Ms, showMs } from "#core/units.ts";
import { nearness } from "./ladder.ts";

/** A timer as found: within an interval, or at least so long. */
export interface Found {
  readonly survivedMs: number | null;
  readonly closedMs: number | null;
  readonly exact: boolean;
  /** Of the path, by which any moment is uncertain. */
  readonly jitterMs: number;
}

export type Drift = "as-expected" | "shorter" | "longer" | "not-reached";

/** How a timer stands to the one expected; differences within what can be known count for nothing. */
export function drift({ survivedMs, closedMs, exact, jitterMs }: Found, expectedMs: Ms): Drift {
  const tolerance = nearness(expectedMs, jitterMs);
  if (closedMs !== null && closedMs < expectedMs - tolerance) return "shorter";
  const atLeast = exact ? closedMs : survivedMs;
  if ((atLeast ?? 0) > expectedMs + tolerance) return "longer";
  return closedMs === null ? "not-reached" : "as-expected";
}

/** Where a timer is expected because the server itself announces it. */
export const ownHeader = "its own Keep-Alive header";

function sayExpected({ value, source }: Fact<Ms>): string {
  if (source === ownHeader) return `${showMs(value)} that ${source} announces`;
  return source.startsWith("timeouts.") ? `${showMs(value)} that the config says` : `published ${showMs(value)}`;
}

export function sayDrift(found: Drift, expected: Fact<Ms>): string {
  const said = sayExpected(expected);
  switch (found) {
    case "as-expected":
      return `the ${said}`;
    case "shorter":
      return `sooner than the ${said}`;
    case "longer":
      return `longer than the ${said}`;
    case "not-reached":
      return `the ${said} were not reached`;
  }
}
