import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadEnd, SavedLoad } from "#core/plan/saved-load.ts";
import { encodeHistogram } from "#core/statistics/histogram-bytes.ts";
import { ledgerFigures, reusesIn } from "#core/statistics/ledger-figures.ts";
import { quantilesOf } from "#core/statistics/quantiles.ts";
import { rowFigures } from "#core/statistics/rows.ts";
import { type GeneratorVerdict, judgeGenerator, machineOf } from "#core/statistics/saturation.ts";
import type { Tally } from "#core/statistics/tally.ts";
import type { TargetTally } from "#core/statistics/target-tally.ts";
import type { Target } from "#core/targets/target.ts";
import { ratio, showMs } from "#core/units.ts";
import { judgeLoad } from "#core/verdicts/judge-load.ts";
import { overallVerdict } from "#core/verdicts/overall-verdict.ts";
import { rulesOf } from "#core/verdicts/threshold-outcome.ts";
import { reportedTarget } from "./assemble.ts";
import { curvePoints } from "./curve-points.ts";
import type { ReportedLoad, ReportedThreshold, RunReport, Vantage } from "./run-report.ts";

/** What a load leaves behind, just made or read from its observations. */
export interface LoadRunParts {
  readonly load: SavedLoad;
  readonly end: LoadEnd;
  readonly tally: Tally;
  readonly targets: readonly Target[];
  readonly vantage: Vantage;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly interrupted: boolean;
  /** Bytes of a histogram as text: deflated, in base64. */
  readonly pack: (bytes: Uint8Array) => string;
}

export function assembleLoadReport(parts: LoadRunParts): RunReport {
  const results = parts.tally.targets.map((own) => resultOf(own, parts));
  const thresholds = results.flatMap((result) => result.thresholds);
  return {
    schema: "pathproof.report/1",
    command: "run",
    verdict: overallVerdict(thresholds.map(({ verdict }) => ({ kind: verdict }))),
    startedAt: parts.startedAt,
    elapsedMs: parts.elapsedMs,
    interrupted: parts.interrupted,
    vantage: parts.vantage,
    targets: parts.targets.map(reportedTarget),
    checks: [],
    loads: results.map(({ load }) => load),
    thresholds,
    comparison: null,
  };
}

interface Result {
  readonly load: ReportedLoad;
  readonly thresholds: readonly ReportedThreshold[];
}

function resultOf(own: TargetTally, parts: LoadRunParts): Result {
  const { plan, thresholds, baseline } = parts.load;
  const { end } = parts;
  const generator = judgeOf(own, end);
  const load = reportedLoad(own, parts, generator);
  const reasons = [
    ...end.reasons,
    ...(generator.saturated ? ["the generator was the bottleneck"] : []),
    ...(end.endedEarly === null ? [] : ["the load was ended early"]),
  ];
  const doubts = { reasons, timesDoubtful: generator.timesDoubtful };
  const outcomes = judgeLoad(rulesOf(thresholds), load, baseline[own.target] ?? null, doubts);
  return {
    load,
    thresholds: outcomes.map(({ rule, verdict, observed }) => ({
      load: plan.load,
      target: own.target,
      rule,
      observed: `${observed}${endedFor(rule, own.target, end)}`,
      verdict,
    })),
  };
}

function endedFor(rule: string, target: string, { endedEarly }: LoadEnd): string {
  if (endedEarly === null || endedEarly.rule !== rule || endedEarly.target !== target) return "";
  return `; the load was ended for it, ${showMs(endedEarly.atMs)} after measuring began`;
}

/** With fewer, a hundredth of them is a packet or two, which any scheduler loses. */
const lateCountMin = 500;

function judgeOf({ counts, times }: TargetTally, end: LoadEnd): GeneratorVerdict {
  return judgeGenerator({
    requests: counts.requests,
    dropped: counts.dropped,
    lateMsP99: times.late.count < lateCountMin ? null : times.late.quantile(0.99),
    serviceMsP99: times.service.quantile(0.99),
    ...machineOf(end),
  });
}

function reportedLoad(
  own: TargetTally,
  { load, end, tally, pack }: LoadRunParts,
  generator: GeneratorVerdict,
): ReportedLoad {
  const { plan, engine } = load;
  const { counts, times, rows, ledger } = own;
  const durationMs = end.complete ? plan.durationMs : measuredMs(tally, plan);
  return {
    load: plan.load,
    scenario: plan.scenario,
    target: own.target,
    engine,
    ...(plan.principal === undefined ? {} : { principal: plan.principal }),
    auth: plan.targets.find(({ id }) => id === own.target)?.auth ?? "none",
    rate: plan.arrival.kind === "open" ? plan.arrival.rate : null,
    achievedRate: durationMs > 0 ? Math.round((counts.requests / durationMs) * 1e6) / 1000 : 0,
    connections: plan.arrival.kind === "closed" ? plan.arrival.connections : null,
    durationMs,
    ...figuresOf(own),
    ...(own.refusals.size === 0 ? {} : { refusals: byName(own.refusals) }),
    saturated: generator.saturated,
    generator: [...generator.sentences, ...end.notes],
    histogram: pack(encodeHistogram(times.service)),
    curves: {
      service: curvePoints(times.service),
      response: times.response.count === 0 ? null : curvePoints(times.response),
    },
    seconds: rowFigures(rows),
    // What was saved before there was a ledger does not tell of all of them.
    ...(reusesIn(ledger) === counts.onReused && ledger.counts.births >= counts.connections
      ? { ledger: { seenBy: engine === "node" ? "socket" : "virtual-user", ...ledgerFigures(ledger) } }
      : {}),
  };
}

const byName = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

/** What thresholds are evaluated on, while a load runs and at its end. */
export const figuresOf = ({ counts, failures, times }: TargetTally) => ({
  requests: counts.requests,
  failures: byName(failures),
  dropped: counts.dropped,
  serviceMs: quantilesOf(times.service),
  responseMs: quantilesOf(times.response),
  connectMs: quantilesOf(times.connect),
  tlsMs: quantilesOf(times.tls),
  reuse: {
    connections: counts.connections,
    perfect: counts.perfect,
    requests: counts.couldReuse,
    ratio: ratio(counts.didReuse, counts.couldReuse),
    stale: counts.stale,
    suspectedRetries: counts.suspectedRetries,
  },
});

/** How long a load that did not come to its end was measured: up to the last request of any target. */
function measuredMs(tally: Tally, { warmupMs, durationMs }: LoadPlan): number {
  const lastMs = Math.max(0, ...tally.targets.map(({ counts }) => counts.lastSentAtMs));
  return Math.round(Math.min(durationMs, Math.max(0, lastMs - warmupMs)));
}
