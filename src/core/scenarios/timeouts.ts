import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { hurriedAsks } from "./variants.ts";

/** From a 64th of the target's timeout up to all of it. */
const deadlines = 7;

export const timeouts: Scenario = { shape: steady, asks: (target) => hurriedAsks(target, deadlines) };
