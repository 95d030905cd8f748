import { ms, seconds } from "#core/units.ts";
import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { ownAsks } from "./variants.ts";

/** Just longer than the minute many front ends wait. */
const idleMsMax = seconds(61);

export const idleThenBurst: Scenario = {
  shape: steady,
  asks: ownAsks,
  rests(settings, durationMs) {
    const idleMs = settings.idleMs ?? ms(Math.min(idleMsMax, durationMs / 4));
    return { burst: 5, gapMs: () => idleMs, staggerMs: Math.min(seconds(1), idleMs) };
  },
};
