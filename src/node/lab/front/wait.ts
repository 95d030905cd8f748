import { setTimeout } from "node:timers/promises";

/** Longer than any test; Node's timers take no more than 2^31 ms. */
const waitMsMax = 86_400_000;

/** Waits that long; false when `gone` came first, and nobody waits for the outcome any more. */
export async function wait(milliseconds: number, gone: AbortSignal): Promise<boolean> {
  if (milliseconds <= 0) return !gone.aborted;
  try {
    await setTimeout(Math.min(milliseconds, waitMsMax), undefined, { signal: gone });
    return true;
  } catch {
    return false;
  }
}
