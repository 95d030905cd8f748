import { clean, clip } from "../clean.ts";
import { loadNames, worstFirst } from "../load-tally.ts";
import type { ReportedThreshold, RunReport } from "../run-report.ts";
import { colour, mark, type TerminalView } from "./view.ts";

/** What was asked for and what was found, the failed ones first. */
export function thresholdLines(report: RunReport, view: TerminalView): readonly string[] {
  if (report.thresholds.length === 0) return [];
  const rules = columnOf(report.thresholds, ({ rule }) => rule, 40);
  const found = columnOf(report.thresholds, ({ observed }) => observed, 30);
  const several = loadNames(report).length > 1;
  return [
    view.paint.bold("thresholds"),
    ...worstFirst(report.thresholds).map((threshold) => {
      const where = several ? `${threshold.target} under ${threshold.load}` : threshold.target;
      const observed = colour(threshold.verdict, view)(found(threshold));
      return `  ${mark(threshold.verdict, view)} ${rules(threshold)}  ${observed}  ${view.paint.dim(clip(clean(where), 60))}`;
    }),
    "",
  ];
}

/** Each text as wide as the widest, none wider than `most`. */
function columnOf(
  thresholds: readonly ReportedThreshold[],
  read: (threshold: ReportedThreshold) => string,
  most: number,
): (threshold: ReportedThreshold) => string {
  const shown = (threshold: ReportedThreshold): string => clip(clean(read(threshold)), most);
  const width = Math.max(...thresholds.map((threshold) => shown(threshold).length));
  return (threshold) => shown(threshold).padEnd(width);
}
