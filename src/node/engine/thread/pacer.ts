import type { Pace } from "../messages.ts";
import { dueAtMs, threadOf } from "../schedule.ts";
import { createClock } from "./clock.ts";

/**
 * Wakes the loading threads whenever something is due: counts up their cells and notifies them. Timers of the event loop are a
 * millisecond coarse, and to spin would take a core from the server under test; a sleeping thread costs next to nothing and
 * is woken within some 0.1 ms.
 *
 * @param cells one for each loading thread, and a last one that ends the pacer when it is set
 */
export function keepPace(pace: Pace, cells: Int32Array, beganAt: number): void {
  const clock = createClock(beganAt);
  const stopped = pace.threads;
  const ticks = pace.count * pace.targets;
  const dueAt = (tick: number): number => dueAtMs(pace, tick % pace.targets, Math.floor(tick / pace.targets));
  let next = 0;
  while (next < ticks) {
    const waitMs = dueAt(next) - clock();
    if (waitMs > 0 && Atomics.wait(cells, stopped, 0, waitMs) !== "timed-out") return;
    if (Atomics.load(cells, stopped) !== 0) return;
    const now = clock();
    const from = next;
    while (next < ticks && dueAt(next) <= now) {
      Atomics.add(cells, threadOf(pace, Math.floor(next / pace.targets)), 1);
      next += 1;
    }
    for (let thread = 0; next > from && thread < pace.threads; thread++) Atomics.notify(cells, thread);
  }
}
