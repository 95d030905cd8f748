// Holds the statistics of `compare` to what they promise, in made-up worlds whose truth is known. Exits 1 when one is broken.
import { parseArgs } from "node:util";
import { ms } from "#core/units.ts";
import { compareMethods } from "./statistics/alternatives.ts";
import { measure, measureNaive } from "./statistics/measure.ts";
import { pauses, scenarios } from "./statistics/scenarios.ts";
import { type Design, noEffect } from "./statistics/simulate.ts";
import { measureHistory } from "./statistics/simulate-history.ts";
import { measureRuns, type RunsDesign } from "./statistics/simulate-runs.ts";

const { values } = parseArgs({
  options: {
    repeats: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    methods: { type: "boolean", default: false },
  },
});
const repeats = Number(values.repeats);
const seed = Number(values.seed);
if (!Number.isInteger(repeats) || repeats < 1 || !Number.isInteger(seed)) {
  console.error("validate-statistics: --repeats is a number from 1, --seed a whole number");
  process.exit(2);
}

const medianMs = 14.2;
const shiftMs = 0.05 * medianMs;
const designs = [
  { rounds: 12, requests: 200 },
  { rounds: 30, requests: 100 },
  { rounds: 60, requests: 200 },
];
const broken: string[] = [];

function hold(ok: boolean, what: string): string {
  if (!ok) broken.push(what);
  return ok ? " " : "!";
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(7);
const width = (value: number): string => value.toFixed(2).padStart(6);
const name = ({ scenario, rounds, requests }: Design): string =>
  `${scenario.name.padEnd(7)} ${String(rounds).padStart(3)} × ${requests}`;

/** Beyond what is promised by more than the chance of a simulation: two of its standard errors, at the promised share. */
const slack = (share: number): number => 2 * Math.sqrt((share * (1 - share)) / repeats);

/** Among spells an interval may be too wide: one of them decides a round's p90. Nowhere may it be too narrow. */
const isCoverage = (share: number, { scenario }: Design): boolean =>
  share >= 0.93 - slack(0.93) && (share <= 0.97 + slack(0.97) || scenario.name === "spells");

if (values.methods) {
  for (const line of compareMethods(designs, repeats, seed)) console.log(line);
  process.exit(0);
}

console.log(
  `${repeats} simulated comparisons a line, seed ${seed}. Coverage and width of 95 % intervals; "!" breaks a promise.`,
);
console.log(
  "\nNo difference: coverage 93 to 97 % (among spells 93 at least); false alarms of all three quantiles together, 5 % at most",
);
console.log("world    design     p50        p90        p99        width in ms         false     naive¹");
for (const scenario of scenarios)
  for (const sizes of designs) {
    const design = { scenario, ...sizes, effect: noEffect };
    const { coverage, widthMs, claimed } = measure(design, repeats, seed);
    const naive = measureNaive(design, Math.min(repeats, 200), seed);
    const cells = coverage.map(
      (share) => percent(share) + hold(isCoverage(share, design), `coverage, ${name(design)}`),
    );
    const alarms = percent(claimed) + hold(claimed <= 0.05 + slack(0.05), `false alarms, ${name(design)}`);
    console.log(`${name(design)}  ${cells.join("   ")}  ${widthMs.map(width).join("")}   ${alarms}  ${percent(naive)}`);
  }
console.log(
  "¹ all of one, then all of the other, Mann–Whitney over the requests: how often it sees a difference that is not there",
);

console.log("\nA tail: 2 % more requests of one take 50 ms more. Coverage of the true differences");
for (const scenario of scenarios.filter(({ name }) => name === "quiet" || name === "drift")) {
  const design = { scenario, rounds: 60, requests: 200, effect: { shiftMs: 0, tail: 0.02 } };
  const { coverage } = measure(design, repeats, seed);
  const cells = coverage.map((share) => percent(share) + hold(isCoverage(share, design), `tail, ${name(design)}`));
  console.log(`${name(design)}  ${cells.join("   ")}`);
}

console.log(
  "\nPauses that hit several requests in a row: 90 % at least at p99, for which they are few, and 95 % of the others",
);
for (const sizes of [
  { rounds: 40, requests: 80 },
  { rounds: 60, requests: 200 },
]) {
  const design = { scenario: pauses, ...sizes, effect: noEffect };
  const { coverage, widthMs } = measure(design, repeats, seed);
  const leasts = [0.93, 0.93, 0.9];
  const cells = coverage.map((share, index) => {
    const least = leasts[index] ?? 1;
    return percent(share) + hold(share >= least - slack(least), `pauses, ${name(design)}`);
  });
  console.log(`${name(design)}  ${cells.join("   ")}  ${widthMs.map(width).join("")}`);
}

console.log(
  `\nA shift of ${shiftMs.toFixed(2)} ms, 5 % of the median: seen at the median (80 % where nothing but drift disturbs)`,
);
for (const scenario of scenarios) {
  const design = { scenario, rounds: 60, requests: 200, effect: { ...noEffect, shiftMs } };
  const { claimedAtMedian, smallestVisibleMs } = measure(design, repeats, seed);
  const promised = scenario.name === "quiet" || scenario.name === "drift";
  const mark = hold(!promised || claimedAtMedian >= 0.8, `power, ${name(design)}`);
  console.log(
    `${name(design)}  ${percent(claimedAtMedian)}${mark}   smallest visible ${smallestVisibleMs.toFixed(2)} ms`,
  );
}

console.log("\nA shift as large as the smallest visible difference: seen at the median in 80 %, within 5");
for (const scenario of scenarios) {
  const design = { scenario, rounds: 30, requests: 100, effect: noEffect };
  const { smallestVisibleMs } = measure(design, repeats, seed);
  const { claimedAtMedian } = measure(
    { ...design, effect: { ...noEffect, shiftMs: smallestVisibleMs } },
    repeats,
    seed + repeats,
  );
  console.log(
    `${name(design)}  ${percent(claimedAtMedian)}${hold(Math.abs(claimedAtMedian - 0.8) <= 0.05 + slack(0.8), `smallest visible, ${name(design)}`)}   of ${smallestVisibleMs.toFixed(2)} ms`,
  );
}

console.log(
  "\nEquivalence: called so although the difference is the margin (5 % at most), and where there is none (margin 2 ms)",
);
for (const scenario of scenarios) {
  const design = { scenario, rounds: 30, requests: 100, effect: { ...noEffect, shiftMs: 2 } };
  const { equivalent } = measure(design, repeats, seed, ms(2));
  const { equivalentAtMedian } = measure({ ...design, effect: noEffect }, repeats, seed, ms(2));
  const mark = hold(equivalent <= 0.05 + slack(0.05), `equivalence, ${name(design)}`);
  console.log(`${name(design)}  ${percent(equivalent)}${mark}   ${percent(equivalentAtMedian)} at the median`);
}

console.log(
  "\nSaved runs of targets that are alike: coverage; false claims, 5 % at most; and how often the runs are said to differ",
);
console.log(
  "world    runs of each, order            p50        p90        p99        width in ms         false    differ",
);
const runsRepeats = Math.min(repeats, 200);
const runs = { blocks: 12, requests: 200, pause: 3, shiftMs: 0 } as const;
const orders: readonly Pick<RunsDesign, "runs" | "order">[] = [
  { runs: 1, order: "one side, then the other" },
  { runs: 3, order: "one side, then the other" },
  { runs: 6, order: "one side, then the other" },
  { runs: 3, order: "in turn" },
  { runs: 6, order: "in turn" },
];
for (const scenario of scenarios)
  for (const sides of orders) {
    const measured = measureRuns({ scenario, ...sides, ...runs }, runsRepeats, seed);
    const what = `saved runs, ${scenario.name}, ${sides.runs} ${sides.order}`;
    // Only of runs made in turn is anything promised but silence.
    const cells = measured.coverage.map(
      (share) => percent(share) + hold(sides.order !== "in turn" || share >= 0.93 - slack(0.93), `coverage, ${what}`),
    );
    const alarms = percent(measured.claimed) + hold(measured.claimed <= 0.05 + slack(0.05), `false claims, ${what}`);
    console.log(
      `${scenario.name.padEnd(7)} ${String(sides.runs).padStart(3)} ${sides.order.padEnd(24)} ${cells.join("   ")}  ${measured.widthMs.map(width).join("")}   ${alarms} ${percent(measured.differ)}`,
    );
  }

console.log(
  "\nRuns over time, at 1 % a figure: changes told where there is none, 1 % promised unless a night resembles the last; then",
);
console.log(
  "those told of a level that moved by so many standard deviations of a night, and told within a run of where it did",
);
for (const world of ["normal", "heavy", "resembling"] as const) {
  const cells = [10, 20, 60, 200].map((count) => {
    const { told } = measureHistory({ world, runs: count, after: 0, shift: 0 }, 0.01, repeats, seed);
    return `${count}: ${percent(told)}${hold(world === "resembling" || told <= 0.01 + slack(0.01), `changes, ${world}, ${count}`)}`;
  });
  console.log(`${world.padEnd(11)} no change in ${cells.join("  ")}`);
}
for (const [count, after] of [
  [14, 4],
  [20, 7],
  [60, 7],
  [60, 15],
] as const) {
  const cells = [1, 2, 4].map((shift) => {
    const { told, placed } = measureHistory({ world: "normal", runs: count, after, shift }, 0.01, runsRepeats, seed);
    return `${shift} sd: ${percent(told)} ${percent(placed)}`;
  });
  console.log(`${String(after).padStart(3)} of ${String(count).padStart(3)} runs moved   ${cells.join("   ")}`);
}

console.log(broken.length === 0 ? "\nAll promises kept." : `\nBroken: ${broken.join("; ")}`);
process.exitCode = broken.length === 0 ? 0 : 1;
