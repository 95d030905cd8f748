import { costOf } from "#core/cost/cost-of.ts";
import { listPrices } from "#core/cost/prices.ts";
import { type Block, interleave } from "#core/plan/interleave.ts";
import { curvePoints } from "#core/reporters/curve-points.ts";
import type {
  ReportedBlock,
  ReportedComparedTarget,
  ReportedComparison,
  ReportedCost,
  ReportedPair,
  ReportedUse,
} from "#core/reporters/reported-comparison.ts";
import type { ReportedTarget, RunReport } from "#core/reporters/run-report.ts";
import { comparePairs } from "#core/statistics/compare-pairs.ts";
import { createHistogram, type Histogram } from "#core/statistics/histogram.ts";
import { intervalOverRounds } from "#core/statistics/quantile-interval.ts";
import { quantilesOf, toMicro } from "#core/statistics/quantiles.ts";
import { createRandom, type Random } from "#core/statistics/random.ts";
import { bytes, ms, perSecond, seconds } from "#core/units.ts";
import { hostile, makeReport } from "./report.ts";

const rate = 50;
const blockMs = seconds(5);
const headMs = seconds(1);
const rounds = 12;
const perBlock = (rate * (blockMs - headMs)) / 1000;

/** What each path adds, and what a connection costs it. */
const paths: readonly (ReportedTarget & {
  readonly addsMs: number;
  readonly opensMs: number;
  readonly cost: () => ReturnType<typeof costOf>;
})[] = [
  {
    id: "orders-direct",
    kind: "lambda-endpoint",
    origin: "https://vpce-0a1b.lambda.eu-west-1.vpce.amazonaws.com",
    auth: "iam",
    addsMs: 0,
    opensMs: 5,
    cost: () => costOf({ kind: "lambda-endpoint", zones: 2 }, carried, listPrices),
  },
  {
    id: "orders-lattice",
    kind: "lattice",
    origin: "https://orders-0abc.7d67968.vpc-lattice-svcs.eu-west-1.on.aws",
    auth: "iam",
    addsMs: 1.2,
    opensMs: 5,
    cost: () => costOf({ kind: "lattice" }, carried, listPrices),
  },
  {
    id: "orders-alb",
    kind: "alb",
    origin: "https://orders.example.internal",
    auth: "none",
    addsMs: 1.25,
    opensMs: 3,
    cost: () => costOf({ kind: "alb", rules: 1, toFunctions: true }, carried, listPrices),
  },
];

const carried = {
  rate: perSecond(rate),
  requestBytes: bytes(1640),
  responseBytes: bytes(512),
  newConnectionsPerSecond: perSecond(0.02),
  activeConnections: 4,
};

interface Played {
  readonly block: Block;
  readonly histogram: Histogram;
}

function play(block: Block, random: Random): Played {
  const path = paths.find(({ id }) => id === block.target);
  const driftMs = Math.sin(block.round / 2);
  const opens = block.connections === "cold" ? (path?.opensMs ?? 0) : 0;
  const histogram = createHistogram();
  for (let count = 0; count < perBlock; count++) {
    const body = -Math.log((1 - random.uniform()) * (1 - random.uniform()));
    const tail = random.uniform() < 0.02 ? 20 : 0;
    histogram.record(ms(6 + driftMs + body + tail + opens + (path?.addsMs ?? 0)));
  }
  return { block, histogram };
}

const quantiles = [0.5, 0.9, 0.99];

const roundsOf = (played: readonly Played[], use: ReportedUse, target: string): readonly Histogram[] =>
  played.filter(({ block }) => block.connections === use && block.target === target).map(({ histogram }) => histogram);

function pairsOf(played: readonly Played[], connections: ReportedUse): readonly ReportedPair[] {
  const targets = paths.map(({ id }) => ({ id, rounds: roundsOf(played, connections, id) }));
  return comparePairs({ targets, marginMs: ms(1) }).pairs.map(({ pNone, pBeyondMargin, set, ...pair }) => ({
    ...pair,
    connections,
  }));
}

function targetOf(played: readonly Played[], connections: ReportedUse, target: string): ReportedComparedTarget {
  const own = roundsOf(played, connections, target);
  const whole = createHistogram();
  for (const one of own) whole.merge(one);
  const failed = target === "orders-lattice" && connections === "cold" ? 2 : 0;
  return {
    target,
    connections,
    requests: whole.count + failed,
    failures: failed === 0 ? {} : { "tcp-timeout": failed },
    dropped: 0,
    connectionsOpened: connections === "cold" ? whole.count + failed : 1,
    latencyMs: quantilesOf(whole),
    responseMs: quantilesOf(whole),
    quantiles: quantiles.map((quantile) => {
      const found = intervalOverRounds(own, quantile, 0.95);
      return found.kind === "interval"
        ? { quantile, valueMs: toMicro(found.valueMs), lowMs: toMicro(found.lowMs), highMs: toMicro(found.highMs) }
        : { quantile, valueMs: null, lowMs: null, highMs: null };
    }),
    curve: curvePoints(whole),
    histogram: "",
  };
}

const blockOf = ({ block, histogram }: Played): ReportedBlock => ({
  round: block.round,
  pilot: block.round < 6,
  target: block.target,
  connections: block.connections,
  startMs: block.startMs,
  complete: true,
  requests: histogram.count,
  failures: 0,
  dropped: 0,
  latencyMsP50: histogram.quantile(0.5),
  latencyMsP99: histogram.quantile(0.99),
  lateMsP99: 0.2,
  saturated: false,
});

function costOfPath({ id, kind, cost }: (typeof paths)[number]): ReportedCost {
  return {
    target: id,
    kind,
    carried: {
      ...carried,
      bytesFrom: "as read and written on the connections, heads included",
      zones: kind === "lambda-endpoint" ? 2 : null,
    },
    ...cost(),
  };
}

/** Three paths in two uses of connections: some differ, some are alike, and p99 stays open. */
export function makeComparison(over: Partial<ReportedComparison> = {}): ReportedComparison {
  const uses = ["reused", "cold"] as const;
  const design = { targets: paths.map(({ id }) => id), rounds, blockMs, headMs, connections: uses, seed: 7 };
  const random = createRandom(7);
  const played = interleave(design).map((block) => play(block, random));
  return {
    marginMs: 1,
    confidence: 0.95,
    warnings: [],
    design: {
      ...{ engine: "node", seed: 7, rounds, roundsDone: rounds, blockMs, headMs, rate, connections: uses },
      durationMs: rounds * uses.length * paths.length * blockMs,
    },
    pilot: {
      rounds: 6,
      needs: uses.flatMap((connections) =>
        quantiles.map((quantile) => ({
          connections,
          quantile,
          expectedMs: Math.round(120_000 / (1 - quantile)),
          cautiousMs: Math.round(210_000 / (1 - quantile)),
        })),
      ),
    },
    pairs: uses.flatMap((use) => pairsOf(played, use)),
    targets: uses.flatMap((use) => paths.map(({ id }) => targetOf(played, use, id))),
    blocks: played.map(blockOf),
    cost: paths.map(costOfPath),
    ...over,
  };
}

/** Hostile text wherever a config, a wire or a machine could put it. */
export function hostileCompareReport(): RunReport {
  const comparison = makeComparison({ warnings: [hostile] });
  const named = <Row extends { readonly target: string }>(rows: readonly Row[]): readonly Row[] =>
    rows.map((row) => (row.target === "orders-alb" ? { ...row, target: hostile } : row));
  return makeCompareReport({
    comparison: {
      ...comparison,
      pairs: comparison.pairs.map((pair) => ({ ...pair, a: hostile, warnings: [hostile] })),
      targets: named(comparison.targets).map((target) => ({ ...target, failures: { [hostile]: 1 } })),
      blocks: named(comparison.blocks),
      cost: named(comparison.cost).map((cost) => ({
        ...cost,
        notes: [hostile],
        charges: cost.charges.map((charge) => ({ ...charge, what: hostile, source: `javascript:alert("${hostile}")` })),
      })),
    },
  });
}

export const makeCompareReport = (over: Partial<RunReport> = {}): RunReport =>
  makeReport({
    command: "compare",
    verdict: "pass",
    elapsedMs: 361_200,
    targets: paths.map(({ id, kind, origin, auth }) => ({ id, kind, origin, auth })),
    checks: [],
    comparison: makeComparison(),
    ...over,
  });
