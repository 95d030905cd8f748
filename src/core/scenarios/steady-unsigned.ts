import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { unsignedAsks } from "./variants.ts";

export const steadyUnsigned: Scenario = { shape: steady, asks: unsignedAsks };
