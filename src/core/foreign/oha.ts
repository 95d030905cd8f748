import { statusFailure } from "#core/plan/status-failure.ts";
import { type ForeignFormat, problem, unrecorded } from "./foreign-run.ts";
import { amount, type Fields, fieldsIn, parseFields } from "./json.ts";

/** `oha --output-format json`, formerly `oha --json`. */
export const oha: ForeignFormat = {
  kind: "whole",
  name: "oha --output-format json",
  recognises: (head) => /^\s*\{\s*"summary"/.test(head) && head.includes('"successRate"'),
  read(document) {
    const fields = parseFields(document);
    if (fields === null) return problem("it begins like a report of oha, but is no whole JSON document");
    const summary = fieldsIn(fields, "summary");
    const quantiles = fieldsIn(fields, "latencyPercentiles");
    const counts = countsIn(fieldsIn(fields, "statusCodeDistribution"), fieldsIn(fields, "errorDistribution"));
    const seconds = amount(summary["total"]);
    const ms = (value: unknown): number | null => {
      const found = amount(value);
      return found === null ? null : found * 1000;
    };
    return {
      kind: "run",
      run: {
        tool: "oha",
        format: "report, JSON",
        startedAt: null,
        loads: [
          {
            ...{ target: null, origin: null, rate: null, connections: null },
            achievedRate:
              seconds === null || seconds === 0 ? amount(summary["requestsPerSec"]) : counts.requests / seconds,
            durationMs: ms(summary["total"]),
            requests: counts.requests,
            failures: counts.failures,
            dropped: null,
            serviceMs: {
              mean: ms(summary["average"]),
              p50: ms(quantiles["p50"]),
              p90: ms(quantiles["p90"]),
              p95: ms(quantiles["p95"]),
              p99: ms(quantiles["p99"]),
              p999: ms(quantiles["p99.9"]),
              max: ms(summary["slowest"]),
            },
            ...{ responseMs: null, connectMs: null, tlsMs: null, samples: null },
            notes: [
              "A report of oha holds a few quantiles and no distribution: they can be shown and set beside others, but no interval can be given and they cannot be merged.",
              "oha's latency goes from its call to send until the body was read, connecting included where a connection was opened; with --latency-correction it starts when the request was due, and the report does not say which it was.",
              "Requests without an answer are not among the latencies; answers with a status of 400 and above are.",
            ],
          },
        ],
        thresholds: [],
        leftOut: [],
      },
    };
  },
};

function countsIn(statuses: Fields, errors: Fields) {
  const failures = new Map<string, number>();
  let requests = 0;
  const count = (cause: string | null, value: unknown): void => {
    const times = amount(value) ?? 0;
    requests += times;
    if (cause !== null) failures.set(cause, (failures.get(cause) ?? 0) + times);
  };
  for (const [status, value] of Object.entries(statuses)) count(causeOf(Number(status)), value);
  // What was under way when the time was over was cut off by oha itself.
  for (const [error, value] of Object.entries(errors))
    if (error !== "aborted due to deadline") count(unrecorded, value);
  return { requests, failures: Object.fromEntries(failures) };
}

const causeOf = (status: number): string | null => (status >= 400 ? statusFailure(status, "http") : null);
