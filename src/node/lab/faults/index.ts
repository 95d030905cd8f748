import type { Fault } from "../fault.ts";
import * as registry from "./registry.ts";

/** Every fault that the lab can have, layer by layer. */
export const faults: readonly Fault[] = Object.values(registry).flat();
