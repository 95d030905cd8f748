import type { Stop } from "./stop.ts";

/** Silence: until `quietMs` have passed, `early` says that there is nothing left to wait for, or the run is stopped. */
export function pause(quietMs: number, stop: Stop, early: (wake: () => void) => () => void): Promise<void> {
  if (stop.stopped) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      forget();
      unwatch?.();
      resolve();
    };
    let unwatch: (() => void) | null = null;
    const timer = setTimeout(wake, quietMs);
    const forget = stop.onStop(wake);
    unwatch = early(wake);
  });
}
