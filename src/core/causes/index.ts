import type { Cause } from "./cause.ts";
import * as registry from "./registry.ts";

/** The catalogue, alphabetical by code. */
export const causes: readonly Cause[] = Object.values(registry);

export const findCause = (code: string): Cause | null => causes.find((cause) => cause.code === code) ?? null;
