import * as registry from "./registry.ts";
import type { Reporter } from "./reporter.ts";
import type { RunReport } from "./run-report.ts";

export const reporters: readonly Reporter[] = Object.values(registry);

/** Those with something to say of this run: what its folder holds. */
export const reportersFor = (report: RunReport): readonly Reporter[] =>
  reporters.filter(({ fits }) => fits?.(report) !== false);
