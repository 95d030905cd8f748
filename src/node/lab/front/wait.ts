import { setImmediate, setTimeout } from "node:timers/promises";

/** Longer than any test; Node's timers take no more than 2^31 ms. */
const waitMsMax = 86_400_000;
/**
 * A timer of Node's comes up to a millisecond early or, on an idle machine, some tenths late: set so much earlier it is never late.
 * The rest, at most 2 ms, is waited for in turns of the event loop, which others may use; half the processor time of 2 ms before.
 */
const coarseMs = 1;
/** Who waits longer does not mind a millisecond. */
const exactMsMax = 1000;

/**
 * Waits that long, to some tenths of a millisecond on a machine that is not busy; false when `gone` came first, and nobody waits
 * for the outcome any more.
 */
export async function wait(milliseconds: number, gone: AbortSignal): Promise<boolean> {
  if (milliseconds <= 0) return !gone.aborted;
  const until = performance.now() + milliseconds;
  const exact = milliseconds <= exactMsMax;
  try {
    const timerMs = exact ? milliseconds - coarseMs : milliseconds;
    if (timerMs >= 1) await setTimeout(Math.min(timerMs, waitMsMax), undefined, { signal: gone });
    while (exact && !gone.aborted && performance.now() < until) await setImmediate();
    return !gone.aborted;
  } catch {
    return false;
  }
}
