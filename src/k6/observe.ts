import { Counter, Trend } from "k6/metrics";
import { createRetryDetector, openedConnection, type Timings } from "./silent-retry.ts";

/**
 * What k6's summary does not tell, for a plain `k6 run`. Under `pathproof run` the same is read from k6's rows outside, so
 * that no request writes rows of its own.
 */
export function createObserver(): (tags: Record<string, string>, timings: Timings, lateMs: number | null) => void {
  const late = new Trend("pathproof_late", true);
  const opened = new Counter("pathproof_connections_opened");
  const reused = new Counter("pathproof_connections_reused");
  const retried = new Counter("pathproof_suspected_retries");
  const isRetry = createRetryDetector();
  return (tags, timings, lateMs) => {
    if (lateMs !== null) late.add(lateMs, tags);
    (openedConnection(timings) ? opened : reused).add(1, tags);
    if (isRetry(timings)) retried.add(1, tags);
  };
}
