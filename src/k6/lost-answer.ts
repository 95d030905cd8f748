import { Counter } from "k6/metrics";
import { metrics, tags as names } from "#core/plan/k6-metrics.ts";

const lost = new Counter(metrics.lost);

/** An answer came, and k6 neither hands it over nor writes a row about the request. */
export class LostAnswer extends Error {}

/**
 * Counts the request as failed where k6 lost its answer, which it does for a switch of protocols (101).
 *
 * @param error what k6 threw
 * @returns what to throw in its place
 * @see https://github.com/grafana/k6/blob/v2.2.0/lib/netext/httpext/request.go#L277
 */
export function noticed(error: unknown, tags: Readonly<Record<string, string>>): unknown {
  const message = String(error);
  if (!message.includes("unsupported response status")) return error;
  lost.add(1, { ...tags, [names.failure]: "protocol-error" });
  return new LostAnswer(message);
}
