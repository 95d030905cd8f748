import { failedRequests } from "../load-tally.ts";
import type { ReportedLoad } from "../run-report.ts";
import type { ReportedSeries } from "./reported-history.ts";

/** A figure of a load that is followed over time. */
export interface Metric extends Pick<ReportedSeries, "unit" | "better"> {
  readonly name: string;
  /** Null where the load does not have it. */
  readonly of: (load: ReportedLoad) => number | null;
}

/** Of service time, since every workload has it. */
export const metrics: readonly Metric[] = [
  { name: "p50", unit: "ms", better: "lower", of: ({ serviceMs }) => serviceMs?.p50 ?? null },
  { name: "p90", unit: "ms", better: "lower", of: ({ serviceMs }) => serviceMs?.p90 ?? null },
  { name: "p99", unit: "ms", better: "lower", of: ({ serviceMs }) => serviceMs?.p99 ?? null },
  { name: "connect p50", unit: "ms", better: "lower", of: ({ connectMs }) => connectMs?.p50 ?? null },
  { name: "failures", unit: "share", better: "lower", of: failureShare },
  {
    name: "reuse",
    unit: "share",
    better: "higher",
    of: ({ reuse }) => (reuse === null || reuse.requests === 0 ? null : reuse.ratio),
  },
];

function failureShare(load: ReportedLoad): number | null {
  const failed = failedRequests(load);
  return failed === null || load.requests === 0 ? null : failed / load.requests;
}
