import type { Ms } from "#core/units.ts";
import { ms } from "#core/units.ts";

/** The time since the load began, the same in all threads. */
export type Clock = () => Ms;

/** A clock that all threads of a process share; `performance.now()` counts from the start of each. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** @param beganAt of `monotonicMs` */
export function createClock(beganAt: number): Clock {
  const offset = monotonicMs() - performance.now() - beganAt;
  return () => ms(performance.now() + offset);
}
