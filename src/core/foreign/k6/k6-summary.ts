import {
  type ForeignFormat,
  type ForeignLoad,
  type ForeignReading,
  type ForeignThreshold,
  type ForeignTimes,
  problem,
  unrecorded,
} from "../foreign-run.ts";
import { amount, type Fields, fieldsIn, isFields, parseFields } from "../json.ts";
import { durationNote, reuseNote } from "./k6-notes.ts";

/**
 * k6's summary at the end of a test: what `handleSummary(data)` is given, what `--summary-export` writes, and the
 * machine-readable one of k6 v2. Three shapes of the same figures.
 *
 * @see https://github.com/grafana/k6/blob/v2.2.0/internal/js/summary.go
 */
export const k6Summary: ForeignFormat = {
  kind: "whole",
  name: "k6 summary JSON (handleSummary, --summary-export, --new-machine-readable-summary)",
  recognises: (head) => /^\s*\{/.test(head) && /"http_req_duration|"root_group"|"k6_version"/.test(head),
  read(text, { by }) {
    const fields = parseFields(text);
    if (fields === null) return problem("it begins like a k6 summary, but is no whole JSON document");
    const summary = readSummary(fields);
    return summary === null ? problem("it holds no metrics of k6") : readLoads(summary, by ?? "target");
  },
};

interface Metric {
  readonly values: Fields;
  readonly thresholds: readonly { readonly rule: string; readonly held: boolean }[];
}

interface Summary {
  readonly format: string;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly durationMs: number | null;
  readonly startedAt: string | null;
  /** Whether the shape can hold thresholds at all. */
  readonly tellsThresholds: boolean;
}

function readSummary(fields: Fields): Summary | null {
  const results = fieldsIn(fields, "results")["metrics"];
  if (Array.isArray(results)) return machineReadable(fields, results);
  const metrics = fields["metrics"];
  if (!isFields(metrics)) return null;
  const isData =
    isFields(fields["state"]) || Object.values(metrics).some((one) => isFields(one) && isFields(one["values"]));
  const stateMs = amount(fieldsIn(fields, "state")["testRunDurationMs"]);
  return {
    format: isData ? "k6 summary, handleSummary" : "k6 summary, --summary-export",
    metrics: new Map(
      Object.entries(metrics).map(([name, metric]) => [
        name,
        isFields(metric) ? (isData ? ofData(metric) : ofExport(metric)) : nothing,
      ]),
    ),
    durationMs: stateMs,
    startedAt: null,
    tellsThresholds: true,
  };
}

const nothing: Metric = { values: {}, thresholds: [] };

const ofData = (metric: Fields): Metric => ({
  values: fieldsIn(metric, "values"),
  thresholds: Object.entries(fieldsIn(metric, "thresholds")).map(([rule, told]) => ({
    rule,
    held: isFields(told) && told["ok"] === true,
  })),
});

/** In this shape a threshold's `true` means that it was crossed. */
const ofExport = (metric: Fields): Metric => ({
  values: metric,
  thresholds: Object.entries(fieldsIn(metric, "thresholds")).map(([rule, crossed]) => ({
    rule,
    held: crossed === false,
  })),
});

function machineReadable(fields: Fields, metrics: readonly unknown[]): Summary {
  const seconds = amount(fieldsIn(fields, "config")["duration"]);
  return {
    format: "k6 summary, machine-readable",
    metrics: new Map(
      metrics
        .filter(isFields)
        .map((metric) => [String(metric["name"]), { values: fieldsIn(metric, "values"), thresholds: [] }]),
    ),
    durationMs: seconds === null ? null : seconds * 1000,
    startedAt: null,
    tellsThresholds: false,
  };
}

function readLoads(summary: Summary, by: string): ForeignReading {
  const all = readLoad(summary, null, by);
  if (all === null) return problem("it holds no http_reqs and http_req_duration: k6 made no HTTP request in it");
  const values = [...new Set([...summary.metrics.keys()].flatMap((name) => tagsOf(name)?.get(by) ?? []))];
  const parts = values.map((value) => readLoad(summary, value, by)).filter((load) => load !== null);
  return {
    kind: "run",
    run: {
      tool: "k6",
      format: summary.format,
      startedAt: summary.startedAt,
      loads: parts.length > 0 ? parts : [all],
      thresholds: thresholdsOf(summary, parts.length > 0 ? by : null),
      leftOut: [],
    },
  };
}

/** Of all requests, or of those with one value of the tag; null where they were not counted and timed. */
function readLoad(summary: Summary, value: string | null, by: string): ForeignLoad | null {
  const find = (name: string, expected: boolean): Fields | null =>
    summary.metrics.get(findName(summary, name, value === null ? [] : [[by, value]], expected) ?? "")?.values ?? null;
  const good = find("http_req_duration", true);
  const every = find("http_req_duration", false);
  const times = good ?? every;
  if (times === null) return null;
  const requests = countIn(find("http_reqs", false)) ?? countIn(every);
  if (requests === null) return null;
  const failed = failedIn(find("http_req_failed", false));
  const separate = good !== null || failed === 0;
  const { durationMs } = summary;
  const dropped = value === null ? (countIn(find("dropped_iterations", false)) ?? 0) : null;
  return {
    target: value,
    origin: null,
    ...{ rate: null, connections: null, responseMs: null, connectMs: null, tlsMs: null, samples: null },
    achievedRate: amount(find("http_reqs", false)?.["rate"]) ?? (durationMs ? (requests * 1000) / durationMs : null),
    durationMs,
    requests,
    failures: failed === null ? null : failed === 0 ? {} : { [unrecorded]: failed },
    dropped,
    serviceMs: timesIn(times),
    notes: [
      "A k6 summary holds a few quantiles and no distribution: they can be shown, and set beside others, but no interval can be given and they cannot be merged.",
      durationNote,
      separate
        ? "The latencies are of k6's http_req_duration{expected_response:true}, so failed requests are not in them."
        : "The summary has no http_req_duration{expected_response:true} here, so failed requests are among the latencies, a refused connection as 0 ms.",
      "The duration is that of the whole test, set-up and ramps included.",
      ...(summary.tellsThresholds ? [] : ["This shape of k6's summary does not hold thresholds."]),
      reuseNote,
    ],
  };
}

/** The metric's full name with just those tags. */
function findName(
  summary: Summary,
  name: string,
  tags: readonly (readonly [string, string])[],
  expected: boolean,
): string | null {
  const wanted = new Map(expected ? [...tags, ["expected_response", "true"] as const] : tags);
  if (wanted.size === 0) return name;
  for (const full of summary.metrics.keys()) {
    if (!full.startsWith(`${name}{`)) continue;
    const has = tagsOf(full);
    if (has !== null && has.size === wanted.size && [...wanted].every(([tag, value]) => has.get(tag) === value))
      return full;
  }
  return null;
}

/** `http_req_duration{target:alb,expected_response:true}`; null for a metric without tags. */
function tagsOf(name: string): ReadonlyMap<string, string> | null {
  const [, inside] = /\{(.*)\}$/s.exec(name) ?? [];
  if (inside === undefined) return null;
  return new Map(
    inside.split(",").map((pair) => {
      const at = pair.indexOf(":");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    }),
  );
}

const countIn = (values: Fields | null): number | null => (values === null ? null : amount(values["count"]));

/** In a rate of failures, what "passes" is what failed. The three shapes call it `passes`, `passes` and `matches`. */
const failedIn = (values: Fields | null): number | null =>
  values === null ? null : (amount(values["passes"]) ?? amount(values["matches"]));

function timesIn(values: Fields): ForeignTimes {
  const at = (...names: readonly string[]): number | null =>
    names.map((name) => amount(values[name])).find((value) => value !== null) ?? null;
  return {
    mean: at("avg"),
    p50: at("med", "p(50)", "p50"),
    p90: at("p(90)", "p90"),
    p95: at("p(95)", "p95"),
    p99: at("p(99)", "p99"),
    p999: at("p(99.9)", "p(99.90)", "p99.9"),
    max: at("max", "p(100)"),
  };
}

const thresholdsOf = ({ metrics }: Summary, by: string | null): readonly ForeignThreshold[] =>
  [...metrics].flatMap(([name, { thresholds }]) =>
    thresholds.map(({ rule, held }) => ({
      target: by === null ? null : (tagsOf(name)?.get(by) ?? null),
      rule: `${name}: ${rule}`,
      held,
    })),
  );
