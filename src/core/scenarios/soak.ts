import { minutes, ms } from "#core/units.ts";
import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { ownAsks } from "./variants.ts";

/** Connections come to an end, so that new addresses and new nodes get their share. */
export const soak: Scenario = {
  shape: steady,
  asks: ownAsks,
  lifetimeMs: (durationMs) => ms(Math.min(minutes(5), durationMs / 4)),
};
