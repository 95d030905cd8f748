import { clean, clip } from "../clean.ts";
import { loadNames, worstFirst } from "../load-tally.ts";
import type { ReportedThreshold, RunReport } from "../run-report.ts";
import { wrap } from "../wrap.ts";
import { colour, mark, type TerminalView } from "./view.ts";

/** What was asked for, of whom, and what was found; the failed ones first. */
export function thresholdLines(report: RunReport, view: TerminalView): readonly string[] {
  if (report.thresholds.length === 0) return [];
  const several = loadNames(report).length > 1;
  const rules = columnOf(report.thresholds, ({ rule }) => rule);
  const targets = columnOf(report.thresholds, ({ target, load }) => (several ? `${target}, ${load}` : target));
  const indent = " ".repeat(4 + rules.width + 2 + targets.width + 2);
  return [
    view.paint.bold("thresholds"),
    ...worstFirst(report.thresholds).flatMap((threshold) => {
      const head = `  ${mark(threshold.verdict, view)} ${rules.show(threshold)}  ${view.paint.dim(targets.show(threshold))}  `;
      const found = wrap(clip(clean(threshold.observed), 400), Math.max(20, view.columns - indent.length));
      return found.map((line, index) => `${index === 0 ? head : indent}${colour(threshold.verdict, view)(line)}`);
    }),
    "",
  ];
}

const columnMax = 28;

interface Column {
  readonly width: number;
  show(threshold: ReportedThreshold): string;
}

/** Each text as wide as the widest, none wider than there is room for. */
function columnOf(thresholds: readonly ReportedThreshold[], read: (threshold: ReportedThreshold) => string): Column {
  const shown = (threshold: ReportedThreshold): string => clip(clean(read(threshold)), columnMax);
  const width = Math.max(...thresholds.map((threshold) => shown(threshold).length));
  return { width, show: (threshold) => shown(threshold).padEnd(width) };
}
