import { compareRuns, type RunSamples } from "#core/statistics/compare-runs.ts";
import { createRandom } from "#core/statistics/random.ts";
import { counted } from "./counted.ts";
import type { Scenario } from "./scenarios.ts";
import { quantiles } from "./simulate.ts";

/** Saved runs of two targets that are alike: how many of each, in which order, how long. */
export interface RunsDesign {
  readonly scenario: Scenario;
  readonly runs: number;
  readonly order: "in turn" | "one side, then the other";
  /** Stretches of time that a run is kept in, and requests in each. */
  readonly blocks: number;
  readonly requests: number;
  /** Between two runs, in such stretches: others used the same environment. */
  readonly pause: number;
  readonly shiftMs: number;
}

export interface RunsMeasured {
  readonly coverage: readonly number[];
  readonly widthMs: readonly number[];
  /** In which any quantile was called faster or slower. */
  readonly claimed: number;
  readonly claimedAtMedian: number;
  /** In which any quantile of these very runs was said to differ. */
  readonly differ: number;
}

export function measureRuns(design: RunsDesign, repeats: number, seed: number): RunsMeasured {
  const all = Array.from({ length: repeats }, (_, repeat) => simulate(design, seed + repeat));
  const share = (holds: (answers: (typeof all)[number]) => boolean) => all.filter(holds).length / repeats;
  const claims = (verdict: string) => verdict === "faster" || verdict === "slower";
  return {
    coverage: quantiles.map((_, index) =>
      share((answers) => {
        const answer = answers[index];
        return answer?.kind === "measured" && answer.lowMs <= design.shiftMs && design.shiftMs <= answer.highMs;
      }),
    ),
    widthMs: quantiles.map(
      (_, index) =>
        all.reduce((sum, answers) => {
          const answer = answers[index];
          return sum + (answer?.kind === "measured" ? answer.highMs - answer.lowMs : 0);
        }, 0) / repeats,
    ),
    claimed: share((answers) => answers.some((answer) => answer.kind === "measured" && claims(answer.verdict))),
    claimedAtMedian: share(([answer]) => answer?.kind === "measured" && claims(answer.verdict)),
    differ: share((answers) => answers.some((answer) => answer.kind === "measured" && answer.differ)),
  };
}

function simulate({ scenario, runs, order, blocks, requests, pause, shiftMs }: RunsDesign, seed: number) {
  const random = createRandom(seed);
  // What drifts does so over a few runs.
  const next = scenario.requests(random, requests * blocks);
  const sides: { readonly a: RunSamples[]; readonly b: RunSamples[] } = { a: [], b: [] };
  orderOf(order, runs, () => random.uniform() < 0.5).forEach((side, turn) => {
    const made = Array.from({ length: blocks }, () =>
      counted(Array.from({ length: requests }, () => next() + (side === "a" ? shiftMs : 0))),
    );
    sides[side].push({ startedAtMs: turn, blocks: made });
    for (let rest = 0; rest < pause * requests; rest++) next();
  });
  return compareRuns(
    quantiles.map((quantile) => ({ ...sides, quantile })),
    null,
  );
}

/** Of each two in turn, either may be first. */
function orderOf(order: RunsDesign["order"], runs: number, toss: () => boolean): readonly ("a" | "b")[] {
  const turns = Array.from({ length: runs }, () => (toss() ? (["a", "b"] as const) : (["b", "a"] as const)));
  if (order === "in turn") return turns.flat();
  return [...turns.map(() => "a" as const), ...turns.map(() => "b" as const)];
}
