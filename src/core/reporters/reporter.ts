import type { RunReport } from "./run-report.ts";

/** Writes a run as one document; pure, so that a saved run can be rendered again. */
export interface Reporter {
  readonly format: string;
  /** Its name inside the run's folder. */
  readonly fileName: string;
  /** Whether there is anything for it to say; absent: always. */
  fits?(report: RunReport): boolean;
  render(report: RunReport): string;
}
