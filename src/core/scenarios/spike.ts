import type { Scenario } from "./scenario.ts";
import { spike as rush } from "./shape.ts";
import { ownAsks } from "./variants.ts";

export const spike: Scenario = { shape: rush, asks: ownAsks };
