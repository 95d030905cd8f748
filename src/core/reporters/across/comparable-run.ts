import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Counted } from "#core/statistics/histogram.ts";
import { defaultPrincipal } from "#core/targets/access.ts";
import { showMs } from "#core/units.ts";
import type { ReportedLoad, RunReport } from "../run-report.ts";

/** A saved run, ready to be set beside others. */
export interface ComparableRun {
  readonly name: string;
  /** Milliseconds since the epoch; null where its file does not say. */
  readonly startedAtMs: number | null;
  readonly report: RunReport;
  /** Null where only a report is left of it, or it is another tool's. */
  readonly plan: LoadPlan | null;
  readonly subjects: readonly RunSubject[];
}

/** One target of it. */
export interface RunSubject {
  readonly load: ReportedLoad;
  /** Latencies by stretches of time, or of the whole as one; empty where only quantiles are known. */
  readonly service: readonly Counted[];
  readonly response: readonly Counted[];
}

/** Runs that belong together, under one name. */
export interface RunSideParts {
  readonly name: string;
  readonly runs: readonly ComparableRun[];
}

/** What a run was made with, by name; what is not known is left out. */
export function factsOf({ report, plan, subjects }: ComparableRun): ReadonlyMap<string, string> {
  const { vantage } = report;
  const [first] = subjects;
  const facts: readonly (readonly [string, string | number | null | undefined])[] = [
    ["measured from", known(vantage.hostname)],
    ["operating system", known(vantage.os)],
    ["Node", known(vantage.node)],
    ["pathproof", first?.load.foreign === undefined ? vantage.pathproof : null],
    ["region", vantage.region],
    ["zone", vantage.az],
    ["VPC", vantage.vpcId],
    ["instance", vantage.instanceId],
    ["engine", first?.load.foreign?.tool ?? first?.load.engine],
    ["scenario", known(first?.load.scenario ?? "")],
    ["principal", first?.load.foreign === undefined ? (first?.load.principal ?? defaultPrincipal) : null],
    ["requests per second asked for", first?.load.rate],
    ["connections", first?.load.connections],
    ["duration", first?.load.durationMs == null ? null : showMs(Math.round(first.load.durationMs / 100) * 100)],
    ["warm-up", plan === null ? null : showMs(plan.warmupMs)],
    ["targets at a time", subjects.length],
    ...subjects.flatMap((subject) => targetFacts(subject, report, plan, subjects.length === 1)),
  ];
  return new Map(facts.flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, `${value}`]])));
}

const known = (text: string): string | null => (text === "" || text === "not told" ? null : text);

function targetFacts({ load }: RunSubject, report: RunReport, plan: LoadPlan | null, alone: boolean) {
  const target = report.targets.find(({ id }) => id === load.target);
  const planned = plan?.targets.find(({ id }) => id === load.target);
  const name = alone ? "target" : load.target;
  const requests = planned?.requests.map(({ method, path }) => `${method} ${path}`).join(", ");
  return [
    [`${name}: kind`, target === undefined || target.kind === "foreign" ? null : target.kind],
    [`${name}: address`, known(target?.origin ?? "")],
    [`${name}: signed`, load.auth === null ? null : load.auth === "iam" ? "yes" : "no"],
    [`${name}: HTTP`, planned?.protocol],
    [`${name}: requests`, requests],
  ] as const;
}
