import type { Scenario } from "./scenario.ts";
import { staircase } from "./shape.ts";
import { ownAsks } from "./variants.ts";

export const rampToLimit: Scenario = { shape: staircase, asks: ownAsks };
