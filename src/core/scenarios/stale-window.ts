import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { ownAsks } from "./variants.ts";
import { windowGapMs } from "./window-gap.ts";

export const staleWindow: Scenario = {
  shape: steady,
  asks: ownAsks,
  rests: () => ({ burst: 1, staggerMs: 0, gapMs: ({ idleTimerMs }, n) => windowGapMs(idleTimerMs ?? 0, n) }),
  unfit: ({ idleTimerMs }) =>
    idleTimerMs === null
      ? "nobody says after how long it ends idle connections: say it in the config, as timeouts: { idle: 60s }"
      : null,
};
