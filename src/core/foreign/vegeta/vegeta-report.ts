import { statusFailure } from "#core/plan/status-failure.ts";
import { type ForeignFormat, problem, unrecorded } from "../foreign-run.ts";
import { amount, fieldsIn, parseFields, text } from "../json.ts";
import { latencyNote } from "./vegeta-notes.ts";

/** `vegeta report -type=json`. */
export const vegetaReport: ForeignFormat = {
  kind: "whole",
  name: "vegeta report -type=json",
  recognises: (head) => /^\s*\{/.test(head) && head.includes('"latencies"') && head.includes('"status_codes"'),
  read(document) {
    const fields = parseFields(document);
    const requests = amount(fields?.["requests"]);
    if (fields === null || requests === null) return problem("it begins like a report of vegeta, but is no whole one");
    const latencies = fieldsIn(fields, "latencies");
    const at = (name: string): number | null => {
      const nanos = amount(latencies[name]);
      return nanos === null ? null : nanos / 1e6;
    };
    const failures = failuresIn(fieldsIn(fields, "status_codes"));
    const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
    const [attack, wait] = [amount(fields["duration"]), amount(fields["wait"])];
    return {
      kind: "run",
      run: {
        tool: "vegeta",
        format: "report, JSON",
        startedAt: text(fields["earliest"]) === "" ? null : new Date(text(fields["earliest"])).toISOString(),
        loads: [
          {
            ...{ target: null, origin: null, rate: null, connections: null },
            achievedRate: amount(fields["rate"]),
            durationMs: attack === null ? null : (attack + (wait ?? 0)) / 1e6,
            requests,
            failures,
            dropped: null,
            serviceMs: {
              mean: at("mean"),
              p50: at("50th"),
              p90: at("90th"),
              p95: at("95th"),
              p99: at("99th"),
              p999: null,
              max: at("max"),
            },
            ...{ responseMs: null, connectMs: null, tlsMs: null, samples: null },
            notes: [
              "A report of vegeta holds a few quantiles, estimated by a t-digest, and no distribution: they can be shown and set beside others, but no interval can be given and they cannot be merged. Its results (vegeta encode) hold every request.",
              latencyNote,
              failed === 0 ? "No request failed." : `The ${failed} failed requests are among these latencies.`,
            ],
          },
        ],
        thresholds: [],
        leftOut: [],
      },
    };
  },
};

function failuresIn(statuses: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const failures = new Map<string, number>();
  for (const [status, value] of Object.entries(statuses)) {
    const code = Number(status);
    if (code >= 200 && code < 400) continue;
    const cause = code === 0 ? unrecorded : statusFailure(code, "http");
    failures.set(cause, (failures.get(cause) ?? 0) + (amount(value) ?? 0));
  }
  return Object.fromEntries(failures);
}
