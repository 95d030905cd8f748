import { type ForeignFormat, type ForeignTimes, problem, unrecorded } from "./foreign-run.ts";
import { hasPercentileTable, readPercentileTable } from "./hdr/percentile-table.ts";

/** What wrk and wrk2 print. */
export const wrk: ForeignFormat = {
  kind: "whole",
  name: "what wrk --latency or wrk2 --latency printed",
  recognises: (head) => /^Running .+ test @ \S+/m.test(head) && /\d+ threads? and \d+ connections?/.test(head),
  read(text) {
    const [, origin = ""] = /^Running .+ test @ (https?:\/\/[^/\s]+)/m.exec(text) ?? [];
    const [, connections] = /\d+ threads? and (\d+) connections?/.exec(text) ?? [];
    const [, requests, lasted] = /^\s*(\d+) requests in ([\d.]+[a-z]+)/m.exec(text) ?? [];
    if (requests === undefined)
      return problem('it has no line such as "990 requests in 2.02s": wrk did not come to its end');
    const corrected = /Recorded Latency/.test(text);
    const table = hasPercentileTable(text) ? readPercentileTable(text) : null;
    if (typeof table === "string") return problem(table);
    const times = table === null ? printedTimes(text) : table.times;
    const isWrk2 = corrected || /Thread calibration/.test(text);
    const [, rate] = /^Requests\/sec:\s*([\d.]+)/m.exec(text) ?? [];
    const failures = failuresIn(text);
    return {
      kind: "run",
      run: {
        tool: isWrk2 ? "wrk2" : "wrk",
        format: table === null ? "printed summary" : "printed summary with percentile distribution",
        startedAt: null,
        loads: [
          {
            target: null,
            origin: origin === "" ? null : origin,
            rate: null,
            connections: connections === undefined ? null : Number(connections),
            achievedRate: rate === undefined ? null : Number(rate),
            durationMs: durationOf(lasted ?? ""),
            // What wrk calls a request was answered; sockets that failed come on top.
            requests: Number(requests) + failures.sockets,
            failures: failures.all === 0 ? {} : { [unrecorded]: failures.all },
            dropped: null,
            serviceMs: corrected ? null : times,
            responseMs: corrected ? times : null,
            ...{ connectMs: null, tlsMs: null, samples: null },
            notes: [
              "wrk prints a few quantiles, rounded, and no distribution: they can be shown and set beside others, but no interval can be given and they cannot be merged.",
              corrected
                ? "wrk2's latency begins when the request was due, so it is corrected for coordinated omission: it stands as response time."
                : "wrk sends the next request when the last was answered, so while the server stalls nothing is due and nothing counts: slow stretches are thinner in it than in an open loop.",
              "Answers with a status outside 2xx and 3xx are among the latencies.",
              ...(table?.note == null ? [] : [table.note]),
            ],
          },
        ],
        thresholds: [],
        leftOut: [],
      },
    };
  },
};

/** `50%    7.49ms`; wrk2 has `50.000%`. */
function printedTimes(text: string): ForeignTimes | null {
  const at = (...shares: readonly string[]): number | null =>
    shares
      .map((share) =>
        durationOf(new RegExp(`^\\s*${share.replace(".", "\\.")}%\\s+(\\S+)\\s*$`, "m").exec(text)?.[1] ?? ""),
      )
      .find((found) => found !== null) ?? null;
  const [, mean = "", , max = ""] = /^\s*Latency\s+(\S+)\s+(\S+)\s+(\S+)\s+\S+%/m.exec(text) ?? [];
  const times = {
    mean: durationOf(mean),
    p50: at("50", "50.000"),
    p90: at("90", "90.000"),
    p95: at("95", "95.000"),
    p99: at("99", "99.000"),
    p999: at("99.9", "99.900"),
    max: durationOf(max),
  };
  return Object.values(times).every((value) => value === null) ? null : times;
}

/** `7.49ms`, `912.00us`, `2.02s`, `1.50m`, in milliseconds; null for anything else. */
function durationOf(text: string): number | null {
  const [, value, unit = ""] = /^([\d.]+)(us|ms|s|m|h)$/.exec(text) ?? [];
  const factor = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit];
  return value === undefined || factor === undefined ? null : Number((Number(value) * factor).toFixed(6));
}

function failuresIn(text: string): { readonly sockets: number; readonly all: number } {
  const [, statuses = "0"] = /^\s*Non-2xx or 3xx responses: (\d+)/m.exec(text) ?? [];
  // Those that timed out were answered later and counted as requests.
  const [, ...errors] = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout \d+/.exec(text) ?? [];
  const sockets = errors.map(Number).reduce((sum, count) => sum + count, 0);
  return { sockets, all: Number(statuses) + sockets };
}
