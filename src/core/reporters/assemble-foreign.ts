import type { ForeignLoad, ForeignRun, ForeignTimes } from "#core/foreign/foreign-run.ts";
import { encodeHistogram } from "#core/statistics/histogram-bytes.ts";
import { toMicro } from "#core/statistics/quantiles.ts";
import { judgeLoad } from "#core/verdicts/judge-load.ts";
import { overallVerdict } from "#core/verdicts/overall-verdict.ts";
import { rulesOf } from "#core/verdicts/threshold-outcome.ts";
import { curvePoints } from "./curve-points.ts";
import type { Quantiles, ReportedLoad, ReportedThreshold, RunReport } from "./run-report.ts";

/** What another tool's file tells, and what the reader of the report must know of the file. */
export interface ForeignParts {
  readonly run: ForeignRun;
  /** Without its folder. */
  readonly file: string;
  /** ISO 8601: when the file was last written, for those that do not say when the load began. */
  readonly writtenAt: string;
  /** To judge it by, as written; where there are none, the tool's own thresholds count. */
  readonly rules: readonly string[];
  readonly pathproof: string;
  /** Bytes of a histogram as text: deflated, in base64. */
  readonly pack: (bytes: Uint8Array) => string;
}

export function assembleForeignReport(parts: ForeignParts): RunReport {
  const { run, pathproof } = parts;
  const loads = run.loads.map((load) => reportedLoad(load, parts));
  const thresholds = thresholdsOf(loads, parts);
  return {
    schema: "pathproof.report/1",
    command: "report",
    verdict: overallVerdict(thresholds.map(({ verdict }) => ({ kind: verdict }))),
    startedAt: run.startedAt ?? parts.writtenAt,
    elapsedMs: Math.round(Math.max(0, ...loads.map(({ durationMs }) => durationMs ?? 0))),
    interrupted: false,
    vantage: {
      ...{ hostname: notTold, node: notTold, os: notTold, pathproof },
      ...{ region: null, az: null, instanceId: null, vpcId: null },
    },
    targets: loads.map(({ target }, index) => ({
      id: target,
      kind: "foreign",
      origin: run.loads[index]?.origin ?? notTold,
      auth: null,
    })),
    checks: [],
    loads,
    thresholds,
    comparison: null,
  };
}

const notTold = "not told";

/** `orders.summary.json.gz` → `orders.summary`. */
const stemOf = (file: string): string => file.replace(/\.gz$/i, "").replace(/(?<=.)\.[^.]+$/, "");

function reportedLoad(load: ForeignLoad, { run, file, pack }: ForeignParts): ReportedLoad {
  const { samples } = load;
  const started =
    run.startedAt === null ? ["The file does not say when the load began: the time shown is that of the file."] : [];
  return {
    load: stemOf(file),
    scenario: "",
    target: load.target ?? stemOf(file),
    engine: "foreign",
    foreign: { tool: run.tool, format: run.format, file },
    auth: null,
    rate: load.rate,
    achievedRate: load.achievedRate === null ? null : toMicro(load.achievedRate),
    connections: load.connections,
    durationMs: load.durationMs === null ? null : toMicro(load.durationMs),
    requests: load.requests,
    failures: load.failures,
    dropped: load.dropped,
    saturated: null,
    generator: [...run.leftOut.map(sentence), ...load.notes, ...started],
    serviceMs: quantiles(load.serviceMs),
    responseMs: quantiles(load.responseMs),
    connectMs: quantiles(load.connectMs),
    tlsMs: quantiles(load.tlsMs),
    histogram: samples?.of === "service" ? pack(encodeHistogram(samples.whole)) : null,
    ...(samples?.of === "service" ? { curves: { service: curvePoints(samples.whole), response: null } } : {}),
    seconds: samples?.seconds ?? [],
    reuse: null,
  };
}

const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

function quantiles(times: ForeignTimes | null): Quantiles | null {
  if (times === null) return null;
  const micro = (value: number | null): number | null => (value === null ? null : toMicro(value));
  const { mean, p50, p90, p95, p99, p999, max } = times;
  return {
    mean: micro(mean),
    p50: micro(p50),
    p90: micro(p90),
    p95: micro(p95),
    p99: micro(p99),
    p999: micro(p999),
    max: micro(max),
  };
}

function thresholdsOf(loads: readonly ReportedLoad[], { run, rules }: ForeignParts): readonly ReportedThreshold[] {
  const [first] = loads;
  const own = run.thresholds.map(({ target, rule, held }) => ({
    load: first?.load ?? "",
    target: target ?? (loads.length === 1 ? (first?.target ?? "") : "all requests"),
    rule,
    observed: `as ${run.tool} judged it`,
    verdict: held ? ("pass" as const) : ("fail" as const),
  }));
  const asked = rules.length === 0 && own.length > 0 ? [] : rulesOf(rules);
  const judged = loads.flatMap((load) =>
    judgeLoad(asked, load, null, { reasons: [], timesDoubtful: false }).map((outcome) => ({
      load: load.load,
      target: load.target,
      ...outcome,
    })),
  );
  return [...judged, ...own];
}
