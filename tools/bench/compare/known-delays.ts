// Paths that differ by what the lab adds: whether intervals hold what its server really added, by its own log.
import type { ReportedComparison, ReportedPair } from "#core/reporters/reported-comparison.ts";
import { createHistogram } from "#core/statistics/histogram.ts";
import { quantileIn } from "#core/statistics/quantile-of.ts";
import { ms } from "#core/units.ts";
import type { Row } from "../load/row.ts";
import { heldRow } from "./held-row.ts";
import type { ObservedLab, Path } from "./observed-lab.ts";

const ids = ["base", "plus-1", "plus-3", "tail"] as const;
const words = { rate: "200/s", duration: "80s", block: "500ms", margin: "500ms" };

/** One comparison, and what the server took for the requests that it measured. */
interface Run {
  readonly comparison: ReportedComparison;
  readonly servedMs: ReadonlyMap<Path, readonly number[]>;
}

/** @param count how many comparisons, at 80 s each; two at least, since each is also held to the others' log */
export async function knownDelays(lab: ObservedLab, count: number): Promise<readonly Row[]> {
  const runs: Run[] = [];
  for (let seed = 1; seed <= count; seed += 1) runs.push(await run(lab, seed));
  const asked = runs[0]?.comparison.pairs.filter(({ a }) => a === "base") ?? [];
  const questions = asked.map((pair) => runs.map((own) => answerOf(pair, own, runs)));
  const answers = questions.flat();
  return [
    ...questions.map(rowOf),
    ...[0.5, 0.9, 0.99].map((quantile) => furthest(quantile, answers)),
    heldRow(
      "the same requests",
      answers.map(({ pair, same }) => holds(pair, same)),
      null,
    ),
    heldRow(
      "the requests of the others",
      answers.map(({ pair, others }) => holds(pair, others)),
      count - 1,
    ),
  ];
}

async function run(lab: ObservedLab, seed: number): Promise<Run> {
  await lab.servedMs();
  const comparison = await lab.compare(ids, { ...words, seed: String(seed) });
  const served = await lab.servedMs();
  return { comparison, servedMs: new Map(ids.map((id) => [id, measured(id, served(id), comparison)])) };
}

/** Without the one that is sent before a comparison, and without those in the heads of its blocks. */
function measured(id: Path, servedMs: readonly number[], { design }: ReportedComparison): readonly number[] {
  const inBlock = (design.rate * design.blockMs) / 1000;
  const inHead = (design.rate * design.headMs) / 1000;
  const due = 1 + inBlock * design.rounds;
  if (servedMs.length !== due)
    throw new Error(`the lab answered ${servedMs.length} requests at ${id}, due were ${due}`);
  return servedMs.slice(1).filter((_, index) => index % inBlock >= inHead);
}

interface Answer {
  readonly pair: ReportedPair;
  /** By the server's log, of what the comparison measured itself. */
  readonly same: number;
  /** Of what all the other comparisons measured. */
  readonly others: number;
}

function answerOf({ b, quantile }: ReportedPair, own: Run, runs: readonly Run[]): Answer {
  const pair = own.comparison.pairs.find((one) => one.a === "base" && one.b === b && one.quantile === quantile);
  if (pair === undefined) throw new Error(`a comparison left no answer for ${b} at ${quantile}`);
  const path = ids.find((id) => id === b) ?? "base";
  return {
    pair,
    same: addedMs([own], path, quantile),
    others: addedMs(
      runs.filter((one) => one !== own),
      path,
      quantile,
    ),
  };
}

/** Base minus the path. */
const addedMs = (runs: readonly Run[], path: Path, quantile: number): number =>
  servedQuantile(runs, "base", quantile) - servedQuantile(runs, path, quantile);

function servedQuantile(runs: readonly Run[], path: Path, quantile: number): number {
  const histogram = createHistogram();
  for (const { servedMs } of runs) for (const value of servedMs.get(path) ?? []) histogram.record(ms(value));
  return quantileIn(histogram, quantile) ?? Number.NaN;
}

const holds = ({ lowMs, highMs }: ReportedPair, truthMs: number): boolean =>
  lowMs !== null && highMs !== null && lowMs <= truthMs && truthMs <= highMs;

function rowOf(answers: readonly Answer[]): Row {
  const { b, quantile } = answers[0]?.pair ?? { b: "", quantile: Number.NaN };
  const each = answers.map(({ pair, same, others }) => {
    const [low, high] = [pair.lowMs, pair.highMs].map((value) => value?.toFixed(3) ?? "none");
    const missed = [...(holds(pair, same) ? [] : ["same"]), ...(holds(pair, others) ? [] : ["others"])];
    return `${low} to ${high} (${same.toFixed(3)}, others ${others.toFixed(3)}${missed.length > 0 ? `; MISSED ${missed.join(", ")}` : ""})`;
  });
  const found = answers.map(({ pair }) => pair.deltaMs ?? Number.NaN).toSorted((x, y) => x - y);
  return {
    name: `known delay: base − ${b} at p${quantile * 100}`,
    value: found[found.length >> 1] ?? Number.NaN,
    unit: "ms",
    note: each.join(" · "),
  };
}

function furthest(quantile: number, answers: readonly Answer[]): Row {
  const off = answers
    .filter(({ pair }) => pair.quantile === quantile)
    .map(({ pair, same }) => (pair.deltaMs ?? Number.NaN) - same);
  const worst = off.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return {
    name: `known delays at p${quantile * 100}: furthest from the lab's log of the same requests`,
    value: worst,
    unit: "ms",
    note: "",
  };
}
