import type { Verdict } from "./verdict.ts";

/** What one check found at one target; the exchanges it was judged by are no longer needed. */
export interface CheckResult {
  readonly target: string;
  readonly check: string;
  readonly group: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** The time its exchanges took, added up, in milliseconds: the same when a saved run is judged again. */
  readonly elapsedMs: number;
}
