import type { Target } from "#core/targets/target.ts";
import { expectedIdle, expectedLifetime } from "#core/targets/timeouts.ts";
import { type Ms, ms, type PerSecond, seconds } from "#core/units.ts";

/** How far a measurement of connections goes. */
export interface KeepaliveSettings {
  /** The longest silence; null: for each target a little more than is expected of it, or `silenceMax`. */
  readonly maxIdleMs: Ms | null;
  /** Whether a second round narrows down what the first could only bracket. */
  readonly precise: boolean;
  /** How old a connection is let become; null: age is not asked for. */
  readonly maxAgeMs: Ms | null;
  /** How many requests one connection is asked. */
  readonly maxRequests: number;
  /** `limits.maxRate`: no connection is asked faster. */
  readonly maxRate: PerSecond;
}

/** Beyond every published timer of an AWS path but an ALB's longest and that of a tracked connection. */
export const silenceMax = seconds(400);
const beyondExpected = 1.15;

export const longestSilence = (target: Target, { maxIdleMs }: KeepaliveSettings): Ms => {
  const expected = expectedIdle(target);
  return maxIdleMs ?? (expected === null ? silenceMax : ms(Math.ceil(expected.value * beyondExpected)));
};

/** Long enough to see an expected end of life; null where none is expected. */
export const telltaleAge = (target: Target): Ms | null => {
  const lifetime = expectedLifetime(target);
  return lifetime === null ? null : ms(Math.ceil(lifetime.value * 1.05));
};
