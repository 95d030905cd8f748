import type { Phase } from "#core/observations/failure.ts";
import { type Ms, ms } from "#core/units.ts";
import { startDeadline } from "./deadline.ts";
import { failed, type Got } from "./got.ts";
import type { Stop } from "./stop.ts";

/** What a whole step may take: `totalMs` from its start, and not a moment after the run was stopped. */
export interface Budget {
  readonly totalMs: Ms;
  /** By `performance.now()`. */
  readonly endsAt: number;
  readonly stop: Stop;
}

export const startBudget = (totalMs: Ms, stop: Stop): Budget => ({
  totalMs,
  endsAt: performance.now() + totalMs,
  stop,
});

/** Ends a piece of work with its result; only the first call counts. */
export type Settle<T> = (result: Got<T>) => void;

/**
 * Starts a piece of work and waits for it to settle: no longer than `phaseMs` (null: as long as the step has left), and not
 * after a stop. What `start` returns is called once at the end, however it came, and lets go of what the work held.
 */
export function within<T>(
  { totalMs, endsAt, stop }: Budget,
  phase: () => Phase,
  phaseMs: Ms | null,
  start: (settle: Settle<T>) => () => void,
): Promise<Got<T>> {
  if (stop.stopped) return Promise.resolve(failed({ kind: "interrupted" }));
  const leftMs = Math.max(0, endsAt - performance.now());
  const afterMs = phaseMs !== null && phaseMs < leftMs ? phaseMs : totalMs;
  return new Promise((resolve) => {
    let release: (() => void) | null = null;
    let settled = false;
    const settle: Settle<T> = (result) => {
      if (settled) return;
      settled = true;
      callOff();
      forget();
      release?.();
      resolve(result);
    };
    const callOff = startDeadline(Math.min(phaseMs ?? leftMs, leftMs), () =>
      settle(failed({ kind: "timeout", phase: phase(), afterMs: ms(afterMs) })),
    );
    const forget = stop.onStop(() => settle(failed({ kind: "interrupted" })));
    release = start(settle);
    if (settled) release();
  });
}

/** Waits for what cannot be told to end; its result is dropped when it comes too late. */
export const withinPromise = <T>(
  budget: Budget,
  phase: Phase,
  phaseMs: Ms | null,
  work: () => Promise<Got<T>>,
): Promise<Got<T>> =>
  within<T>(
    budget,
    () => phase,
    phaseMs,
    (settle) => {
      void work().then(settle);
      return () => {};
    },
  );
