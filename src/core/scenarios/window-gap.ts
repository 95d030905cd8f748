import { type Ms, ms } from "#core/units.ts";

const nearestMs = 1;
const farthestMs = 3000;
/** Multiples of it, less their whole part, never leave a large gap: any stretch of them covers the window evenly. */
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * How long to leave a connection idle before the n-th request around a timer: by turns before and after it, as often 1 to 10 ms
 * off as 100 ms to 1 s, so that the race at the timer itself is seen and how far it reaches.
 *
 * @param n from 0; others than its neighbours' on other connections
 */
export function windowGapMs(timerMs: number, n: number): Ms {
  const place = ((n + 1) * golden) % 1;
  const side = place < 0.5 ? -1 : 1;
  const within = (place * 2) % 1;
  const farthest = Math.min(farthestMs, timerMs * 0.9);
  return ms(Math.max(0, timerMs + side * nearestMs * (farthest / nearestMs) ** within));
}
