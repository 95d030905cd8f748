import { type ChangeSearch, changePoints } from "#core/statistics/change-points.ts";
import { groupBy } from "../group-by.ts";
import type { PastFigure, PastRun, Surroundings } from "./past-run.ts";
import type { ReportedChange, ReportedSeries } from "./reported-history.ts";

/** In fewer no change can be told from chance at one in a hundred. */
export const pointsMin = 10;
/** Shares that differ by less than a request in a thousand are alike. */
const shareMargin = 0.001;

/** The figures of all runs by what they are of, and where each changed. @param runs the oldest first */
export function seriesOf(
  runs: readonly PastRun[],
  marginShare: number,
  search: ChangeSearch,
): readonly ReportedSeries[] {
  const placed = runs.flatMap(({ figures }, run) => figures.map((of) => ({ run, of })));
  const keyOf = ({ of }: (typeof placed)[number]) => JSON.stringify([of.load, of.target, of.workload, of.metric]);
  return groupBy(placed, keyOf).map((group) => {
    const [{ of }] = group;
    const { target, load, workload, metric, unit, better } = of;
    const points = group.map(({ run, of: { value } }) => [run, value] as const);
    const changes = points.length < pointsMin ? [] : changesIn(points, of, runs, marginShare, search);
    const levels = levelsOf(
      points,
      changes.map(({ run }) => run),
    );
    return {
      target,
      load,
      workload,
      metric,
      unit,
      better,
      points,
      levels,
      changes,
      enough: points.length >= pointsMin,
    };
  });
}

type Points = ReportedSeries["points"];

function changesIn(
  points: Points,
  figure: PastFigure,
  all: readonly PastRun[],
  marginShare: number,
  search: ChangeSearch,
): readonly ReportedChange[] {
  const found = changePoints(
    points.map(([, value]) => value),
    search,
  );
  const runs = found.map(({ at }) => points[at]?.[0] ?? 0);
  const levels = levelsOf(points, runs);
  return found.flatMap(({ pValue }, index) => {
    const run = runs[index] ?? 0;
    const before = levels[index]?.value ?? 0;
    const after = levels[index + 1]?.value ?? 0;
    if (Math.abs(after - before) < marginOf(figure, before, marginShare)) return [];
    const stretch = (from: number, to: number) =>
      points.filter(([at]) => at >= from && at < to).map(([at]) => all[at]?.surroundings ?? {});
    const alongside = newIn(stretch(runs[index - 1] ?? 0, run), stretch(run, runs[index + 1] ?? all.length));
    return [{ run, before, after, pValue, direction: directionOf(figure, after - before), alongside }];
  });
}

/** What no run before had as the runs after have it. Runs that take turns among zones, before and after, tell of none. */
function newIn(before: readonly Surroundings[], after: readonly Surroundings[]): readonly string[] {
  const valuesOf = (runs: readonly Surroundings[], name: string) => [
    ...new Set(runs.map((run) => run[name]).filter((value) => value !== undefined)),
  ];
  return [...new Set(after.flatMap(Object.keys))].flatMap((name) => {
    const was = valuesOf(before, name);
    const is = valuesOf(after, name);
    const isNew = was.length > 0 && is.every((value) => !was.includes(value));
    return isNew ? [`${name}: ${was.join(" or ")} → ${is.join(" or ")}`] : [];
  });
}

const marginOf = ({ unit }: PastFigure, before: number, marginShare: number): number =>
  unit === "share" ? shareMargin : before * marginShare;

function directionOf({ better }: PastFigure, by: number): ReportedChange["direction"] {
  if (better === null) return "other";
  return by > 0 === (better === "higher") ? "better" : "worse";
}

/** The median of each stretch. @param cuts the first run of each but the first */
function levelsOf(points: Points, cuts: readonly number[]): ReportedSeries["levels"] {
  const starts = [points[0]?.[0] ?? 0, ...cuts];
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    return { from, value: median(points.filter(([run]) => run >= from && run < to).map(([, value]) => value)) };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
