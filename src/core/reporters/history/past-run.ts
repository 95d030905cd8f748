import { groupBy } from "../group-by.ts";
import { authWords, workloadWords } from "../load-words.ts";
import type { OverallVerdict, ReportedLoad, RunReport, Vantage } from "../run-report.ts";
import { checksOf, worst } from "../tally.ts";
import { metrics } from "./metrics.ts";
import type { ReportedSeries } from "./reported-history.ts";

/** What is kept of a report for its place in history: hundreds of them are held side by side. */
export interface PastRun {
  readonly name: string;
  /** The same for two reports of one run, of which one was rendered again or is reached by a link. */
  readonly identity: string;
  readonly command: string;
  readonly startedAt: string;
  readonly verdict: OverallVerdict;
  readonly surroundings: Surroundings;
  readonly figures: readonly PastFigure[];
  readonly checked: readonly {
    readonly target: string;
    readonly verdict: OverallVerdict;
    readonly cause: string | null;
  }[];
  /** Why some of its figures are not among them, in clauses. */
  readonly leftOut: readonly string[];
}

/** What a figure depends on besides its target, by name. Not the host: scheduled runs have a new one each time. */
export type Surroundings = Readonly<Record<string, string>>;

export interface PastFigure
  extends Pick<ReportedSeries, "target" | "load" | "workload" | "metric" | "unit" | "better"> {
  readonly value: number;
}

/** @param name its folder's */
export function pastRunOf(name: string, report: RunReport): PastRun {
  const sound = report.loads.filter((load) => load.saturated !== true);
  const usable = report.interrupted ? [] : sound;
  return {
    name,
    identity: identityOf(report),
    command: report.command,
    startedAt: report.startedAt,
    verdict: report.verdict,
    surroundings: surroundingsOf(report.vantage),
    figures: [...usable.flatMap(figuresOf), ...idleTimeouts(report)],
    checked: report.interrupted ? [] : checkedOf(report),
    leftOut: [
      ...(report.interrupted ? ["it was interrupted"] : []),
      ...(sound.length < report.loads.length ? ["the generator itself was its bottleneck"] : []),
    ],
  };
}

/** Shards of one load may begin in the same moment, and what they were merged into begins with the first: that has another rate. */
const identityOf = ({ command, startedAt, vantage, loads }: RunReport): string =>
  JSON.stringify([command, startedAt, vantage.hostname, loads.map((load) => [load.target, workloadWords(load)])]);

/** Each run once, as it was rendered last. @param runs what was rendered later comes later */
export function eachOnce(runs: readonly PastRun[]): { readonly runs: readonly PastRun[]; readonly again: number } {
  const once = groupBy(runs, ({ identity }) => identity).map((same) => same.at(-1) ?? same[0]);
  return { runs: once, again: runs.length - once.length };
}

const surroundingsOf = ({ pathproof, node, os, region, az, vpcId }: Vantage): Surroundings =>
  Object.fromEntries(
    Object.entries({ pathproof, node, os, region, az, VPC: vpcId }).filter(
      (fact): fact is [string, string] => fact[1] !== null,
    ),
  );

function figuresOf(load: ReportedLoad): readonly PastFigure[] {
  const { target } = load;
  const workload = `${workloadWords(load)}, ${authWords(load.auth)}`;
  return metrics.flatMap(({ name, unit, better, of }) => {
    const value = of(load);
    return value === null ? [] : [{ target, load: load.load, workload, metric: name, unit, better, value }];
  });
}

/** The shortest of a target's addresses: it decides what a client may rely on. */
const idleTimeouts = ({ keepalive = [], interrupted }: RunReport): readonly PastFigure[] =>
  keepalive.flatMap(({ target, principal, idle }) => {
    const ended = idle.map(({ shortestClosedMs }) => shortestClosedMs).filter((known) => known !== null);
    if (ended.length === 0 || interrupted) return [];
    const value = Math.min(...ended);
    const workload = principal === undefined ? "keepalive" : `keepalive, as ${principal}`;
    return [{ target, load: "keepalive", workload, metric: "idle timeout", unit: "ms", better: null, value }];
  });

const checkedOf = (report: RunReport): PastRun["checked"] =>
  report.targets
    .map(({ id }) => ({ target: id, checks: checksOf(report, id) }))
    .filter(({ checks }) => checks.length > 0)
    .map(({ target, checks }) => ({
      target,
      verdict: worst(checks),
      cause: checks.find(({ verdict }) => verdict === "fail")?.cause?.code ?? null,
    }));
