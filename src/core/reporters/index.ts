import * as registry from "./registry.ts";
import type { Reporter } from "./reporter.ts";

/** Every document a run folder holds. */
export const reporters: readonly Reporter[] = Object.values(registry);
