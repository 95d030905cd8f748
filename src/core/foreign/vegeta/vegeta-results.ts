import { statusFailure } from "#core/plan/status-failure.ts";
import { createRowJoiner, splitCsv } from "../csv-line.ts";
import { type ForeignFormat, type ForeignOptions, type LineReader, problem, unrecorded } from "../foreign-run.ts";
import { amount, firstLineFields, parseFields, text } from "../json.ts";
import { readStamp } from "../k6/k6-stamp.ts";
import { createSampledLoad, type SampledLoad } from "../sampled-load.ts";
import { latencyNote } from "./vegeta-notes.ts";

/** `vegeta encode -to=json`: a line a request. */
export const vegetaJson: ForeignFormat = {
  kind: "lines",
  name: "vegeta results as JSON (vegeta encode), plain or .gz",
  recognises(head) {
    const first = firstLineFields(head);
    return first !== null && ["attack", "seq", "code", "timestamp", "latency"].every((name) => name in first);
  },
  begin: (options) => readResults(options, "results, JSON", resultOfJson),
};

/** `vegeta encode -to=csv`: twelve columns without a header, the time in nanoseconds first. */
export const vegetaCsv: ForeignFormat = {
  kind: "lines",
  name: "vegeta results as CSV (vegeta encode -to=csv), plain or .gz",
  recognises: (head) => /^\d{19},\d{1,3},\d+,\d+,\d+,/.test(head),
  begin: (options) => readResults(options, "results, CSV", resultOfCsv),
};

interface Result {
  readonly atMs: number;
  readonly latencyMs: number;
  readonly code: number;
  readonly error: string;
  readonly url: string;
  readonly attack: string;
}

function resultOfJson(line: string): Result | null {
  const fields = parseFields(line);
  if (fields === null) return null;
  const atMs = readStamp(text(fields["timestamp"]));
  const nanos = amount(fields["latency"]);
  const code = amount(fields["code"]);
  if (atMs === null || nanos === null || code === null) return null;
  const [error, url, attack] = [text(fields["error"]), text(fields["url"]), text(fields["attack"])];
  return { atMs, latencyMs: nanos / 1e6, code, error, url, attack };
}

function resultOfCsv(line: string): Result | null {
  const [at = "", code = "", nanos = "", , , error = "", , attack = "", , , url = ""] = splitCsv(line);
  const atMs = readStamp(at);
  if (atMs === null || !/^\d+$/.test(code) || !/^\d+$/.test(nanos)) return null;
  return { atMs, latencyMs: Number(nanos) / 1e6, code: Number(code), error, url, attack };
}

const targetsMax = 200;

function readResults({ by }: ForeignOptions, format: string, read: (line: string) => Result | null): LineReader {
  const joiner = createRowJoiner();
  const loads = new Map<string, SampledLoad>();
  const origins = new Set<string>();
  let beganMs: number | null = null;
  let lastMs = 0;
  let tooMany = false;
  const nameOf = ({ url, attack }: Result): string => (by === "url" ? url : by === "attack" ? attack : "");

  return {
    line(line) {
      const row = joiner.take(line);
      if (row === null || row.trim() === "") return null;
      const result = read(row);
      if (result === null) return "it is no result of vegeta, or is cut off";
      const name = nameOf(result);
      if (!loads.has(name) && loads.size >= targetsMax) {
        tooMany = true;
        return null;
      }
      const load = loads.get(name) ?? createSampledLoad();
      loads.set(name, load);
      origins.add(/^https?:\/\/[^/?#@\s]+/.exec(result.url)?.[0] ?? "");
      beganMs ??= result.atMs;
      lastMs = Math.max(lastMs, result.atMs + result.latencyMs);
      load.add({
        sentAtMs: Math.max(0, result.atMs - beganMs),
        latencyMs: result.latencyMs,
        connectMs: null,
        tlsMs: null,
        failure: failureOf(result),
      });
      return null;
    },
    end() {
      if (by !== null && by !== "url" && by !== "attack")
        return problem(`results of vegeta are told apart by "url" or "attack", not by "${by}" (--by)`);
      if (tooMany) return problem(`it has more than ${targetsMax} different values of "${by}" (--by)`);
      if (beganMs === null) return problem("it holds no result");
      const durationMs = Math.max(0, lastMs - beganMs);
      const [origin = ""] = origins;
      return {
        kind: "run",
        run: {
          tool: "vegeta",
          format,
          startedAt: new Date(beganMs).toISOString(),
          loads: [...loads].map(([name, load]) =>
            load.load({
              target: name === "" ? null : name,
              origin: origins.size === 1 && origin !== "" ? origin : null,
              durationMs,
              dropped: null,
              tellsFailures: true,
              notes: [
                latencyNote,
                "Failed requests (no answer, or a status outside 2xx and 3xx) were left out of the latencies; vegeta's own report has them in.",
              ],
            }),
          ),
          thresholds: [],
          leftOut: [],
        },
      };
    },
  };
}

/** vegeta takes 2xx and 3xx for success, and writes 0 where there was no answer. */
function failureOf({ code, error }: Result): string | null {
  if (code === 0) return reasons.find(([pattern]) => pattern.test(error))?.[1] ?? unrecorded;
  return code >= 200 && code < 400 ? null : statusFailure(code, "http");
}

/** Of Go's texts those that say one thing only. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/: connect: connection refused$/, "tcp-refused"],
  [/: no such host$/, "dns-name-not-found"],
  [/dial tcp .*: i\/o timeout$/, "tcp-timeout"],
  [/certificate signed by unknown authority/, "tls-untrusted-issuer"],
  [/certificate has expired/, "tls-expired"],
  [/Client\.Timeout exceeded while awaiting headers/, "response-timeout"],
];
