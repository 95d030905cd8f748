import type { Measured } from "#core/advice/measured.ts";
import type { Target } from "#core/targets/target.ts";
import { expectedLifetime } from "#core/targets/timeouts.ts";
import { type Ms, ms } from "#core/units.ts";
import type { AgeFinding } from "./find-age.ts";
import { type IdleFinding, jitterThatCounts, shortest } from "./find-idle.ts";
import { endedOfAge, type RequestsFinding } from "./find-requests.ts";

/** All that was found of one target. */
export interface Findings {
  readonly idle: readonly IdleFinding[];
  readonly age: readonly AgeFinding[];
  readonly requests: readonly RequestsFinding[];
}

/** What a client has to reckon with: of several addresses the worst; null where no silence was tried. */
export function measuredOf({ idle, age, requests }: Findings, target: Target): Measured | null {
  const worst = shortest(idle);
  if (worst === null) return null;
  const survived = idle.flatMap(({ longestSurvivedMs }) => longestSurvivedMs ?? []);
  const ended = age.flatMap(({ byAge, endedMs, uncertainMs }) =>
    byAge && endedMs !== null ? [endedMs - uncertainMs] : [],
  );
  const expectedMs = expectedLifetime(target)?.value ?? null;
  const limits = requests.flatMap((one) =>
    one.end === "none" || endedOfAge(one, age, expectedMs) ? [] : [one.answered],
  );
  return {
    survivedMs: survived.length < idle.length ? null : least(survived),
    closedMs: worst.shortestClosedMs,
    exact: worst.exact,
    closeKind: worst.closeKind,
    layer: worst.layer,
    lifetimeMs: least(ended) ?? expectedMs,
    requestsMax: limits.length === 0 ? null : Math.min(...limits),
    rttMs: worst.rttMs === null ? null : ms(worst.rttMs + (jitterThatCounts(worst) ?? 0) / 2),
  };
}

const least = (values: readonly number[]): Ms | null => (values.length === 0 ? null : ms(Math.min(...values)));
