import type { Scenario } from "./scenario.ts";
import { steady as level } from "./shape.ts";
import { ownAsks } from "./variants.ts";

export const steady: Scenario = { shape: level, asks: ownAsks };
