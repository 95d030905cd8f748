import { findIdle } from "#core/keepalive/find-idle.ts";
import { assembleKeepaliveReport } from "#core/reporters/assemble-keepalive.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { ms } from "#core/units.ts";
import { pass } from "#core/verdicts/verdict.ts";
import { makeCompareReport, makeComparison } from "./compare-report.ts";
import { historyOf, nightlyRun, nights } from "./history-runs.ts";
import { type Ended, kept } from "./kept.ts";
import { makeLoad, makeLoadReport } from "./load-report.ts";
import { makeTarget } from "./make.ts";
import { makeReport } from "./report.ts";

const twelve = Array.from({ length: 12 }, (_, index) => index);

/** A year of nights at twelve targets: the same year twelve times, since searching it for changes takes its time. */
export function yearOfTwelve(): RunReport {
  const year = historyOf(nights(365, 300).map((night) => nightlyRun(night)));
  const { history } = year;
  if (history === undefined) throw new Error("a history without its history");
  const series = twelve.flatMap((index) => history.series.map((one) => ({ ...one, target: `orders-${index}` })));
  return { ...year, history: { ...history, series } };
}

/** Three addresses in two protocols at each of twelve targets. */
export function keepaliveOfTwelve(): RunReport {
  const targets = twelve.map((index) => makeTarget("lattice", { id: `orders-${index}` }));
  const title = "Idle connections live as long as expected";
  const idleOf = (address: string, shift: number) =>
    (["http/1.1", "h2"] as const).flatMap((protocol) =>
      (
        [
          { idleMs: 40_000 + shift, how: "survived", address },
          { idleMs: 60_002 + shift, how: "fin", address },
        ] satisfies readonly Ended[]
      ).flatMap((ended) => kept(ended).map((exchange) => ({ ...exchange, sent: { ...exchange.sent, protocol } }))),
    );
  return assembleKeepaliveReport({
    results: targets.map(({ id }) => ({
      ...{ target: id, check: "idle-connections-live-as-expected", group: "keepalive", title, elapsedMs: 12 },
      verdict: pass("closed (FIN) after 60 s of silence: the published 60 s", { idleMsShortestClosed: 60_002 }),
    })),
    targets,
    vantage: makeReport().vantage,
    startedAt: "2026-11-25T10:00:00.000Z",
    elapsedMs: 412_000,
    interrupted: false,
    findings: Object.fromEntries(
      targets.map(({ id }, index) => {
        const addresses = [1, 2, 3].map((zone) => `10.0.${zone}.${10 + index}`);
        const idle = findIdle(addresses.flatMap((address, zone) => idleOf(address, index * 10 + zone)));
        const lived = { livedMs: ms(599_000), endedMs: ms(600_010), uncertainMs: ms(0), requests: 120, byAge: true };
        const age = addresses.map((address) => ({ address, ...lived, end: "fin" as const }));
        return [id, { idle, age, requests: [] }];
      }),
    ),
  });
}

const sixNames = ["orders-direct", "orders-lattice", "orders-alb"].flatMap((id) => [`${id}-a`, `${id}-b`]);

/** Six targets in sixty rounds, each path twice, and every pair of them. */
export function comparisonOfSix(): RunReport {
  const whole = makeComparison();
  const named = <Row extends { readonly target: string }>(rows: readonly Row[]): readonly Row[] =>
    rows.flatMap((row) => ["a", "b"].map((copy) => ({ ...row, target: `${row.target}-${copy}` })));
  const fifth = whole.pairs.slice(0, whole.pairs.length / 3);
  const couples = sixNames.flatMap((a, index) => sixNames.slice(index + 1).map((b) => ({ a, b })));
  const rounds = Array.from({ length: 5 }, (_, turn) =>
    named(whole.blocks).map((block) => ({
      ...block,
      round: block.round + turn * 12,
      startMs: ms(block.startMs * 2 + turn * 720_000),
      latencyMsP50: (block.latencyMsP50 ?? 0) * (1 + ((block.round * 31 + turn * 17) % 23) / 200),
    })),
  );
  return makeCompareReport({
    targets: sixNames.map((id) => ({ id, kind: "alb", origin: `https://${id}.example.internal`, auth: "iam" })),
    comparison: {
      ...whole,
      design: { ...whole.design, rounds: 60, roundsDone: 60, durationMs: ms(3_600_000) },
      pairs: couples.flatMap((couple) => fifth.map((pair) => ({ ...pair, ...couple }))),
      targets: named(whole.targets),
      blocks: rounds.flat(),
      cost: named(whole.cost),
    },
  });
}

/** Thirty targets under one load. */
export const loadOfThirty = (): RunReport =>
  makeLoadReport({
    verdict: "pass",
    thresholds: [],
    loads: Array.from({ length: 30 }, (_, index) => makeLoad({ target: `orders-${index}` })),
  });

/** The same targets as they would be anywhere but in a lab: each with a host name and addresses that no other has. */
export function withOwnNames(report: RunReport): RunReport {
  const own = new Map(
    report.targets.map(({ id, origin }, index) => {
      const host = new URL(origin).hostname;
      const name = host.replace(".", `${String(index).padStart(3, "0")}.`);
      const renamed = (text: string): string =>
        text.replaceAll(host, name).replaceAll("127.77.", `10.${100 + (index % 100)}.${100 + Math.floor(index / 100)}`);
      return [id, renamed];
    }),
  );
  return {
    ...report,
    targets: report.targets.map((target) => ({ ...target, origin: own.get(target.id)?.(target.origin) ?? "" })),
    checks: report.checks.map((check) => {
      const renamed = own.get(check.target) ?? String;
      const cause = check.cause && { ...check.cause, evidence: check.cause.evidence.map(renamed) };
      return { ...check, summary: renamed(check.summary), cause };
    }),
  };
}
