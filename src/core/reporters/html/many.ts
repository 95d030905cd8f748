import type { RunReport } from "../run-report.ts";

/** Nobody reads more tables that say the same: of more targets, what is well is told check by check, and each sentence once. */
const severalMax = 20;

export const isMany = ({ targets }: Pick<RunReport, "targets">): boolean => targets.length > severalMax;
