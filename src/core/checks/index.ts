import type { Check } from "./check.ts";
import * as registry from "./registry.ts";

/** Every check, alphabetical; `core/plan` puts them in order. */
export const checks: readonly Check[] = Object.values(registry);
