import { type Ms, ms } from "#core/units.ts";
import { createHistogram, type Histogram } from "./histogram.ts";
import { latenessOf } from "./lateness.ts";
import type { Sample } from "./sample.ts";

/** What is kept of one block of a comparison while it goes on. */
export interface BlockTally {
  readonly counts: BlockCounts;
  /** By code of the catalogue of causes. */
  readonly failures: Map<string, number>;
  readonly times: BlockTimes;
}

/** Of what is measured: the head is only counted in `warmup`. */
export interface BlockCounts {
  requests: number;
  failed: number;
  /** Due and never sent. */
  dropped: number;
  warmup: number;
  /** Requests that opened their connection: all of a cold block, and none of a reused one where all goes well. */
  opened: number;
}

export const blockCountNames: readonly (keyof BlockCounts)[] = ["requests", "failed", "dropped", "warmup", "opened"];

/** Of answers as expected. */
export interface BlockTimes {
  /**
   * What is compared. Of a reused block the service time of those that found an open connection; of a cold one connect, TLS
   * handshake and service time together, of those that opened theirs. The others are counted, but neither fish nor fowl.
   */
  readonly latency: Histogram;
  readonly response: Histogram;
  readonly late: Histogram;
}

export const blockTimeNames = ["latency", "response", "late"] as const satisfies readonly (keyof BlockTimes)[];

export const createBlockTally = (): BlockTally => ({
  counts: { requests: 0, failed: 0, dropped: 0, warmup: 0, opened: 0 },
  failures: new Map(),
  times: { latency: createHistogram(), response: createHistogram(), late: createHistogram() },
});

/** Runs thousands of times a second. */
export function addToBlock({ counts, failures, times }: BlockTally, sample: Sample, use: "reused" | "cold"): void {
  if (sample.phase === "warmup") {
    counts.warmup += 1;
    return;
  }
  counts.requests += 1;
  if (sample.failure !== null) {
    counts.failed += 1;
    failures.set(sample.failure, (failures.get(sample.failure) ?? 0) + 1);
    return;
  }
  if (sample.connectMs !== null) counts.opened += 1;
  const latencyMs = comparedMs(sample, use);
  if (latencyMs !== null) times.latency.record(latencyMs);
  if (sample.responseMs !== null) times.response.record(sample.responseMs);
  const lateMs = latenessOf(sample);
  if (lateMs !== null) times.late.record(lateMs);
}

function comparedMs({ serviceMs, connectMs, tlsMs }: Sample, use: "reused" | "cold"): Ms | null {
  if (serviceMs === null) return null;
  if (use === "reused") return connectMs === null ? serviceMs : null;
  return connectMs === null ? null : ms(connectMs + (tlsMs ?? 0) + serviceMs);
}
