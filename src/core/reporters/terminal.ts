import { clean } from "./clean.ts";
import { pairGroups } from "./comparison-answers.ts";
import type { RunReport } from "./run-report.ts";
import { showElapsed } from "./show-time.ts";
import { countVerdicts, isOfChecks } from "./tally.ts";
import { accessLines } from "./terminal/access-lines.ts";
import { acrossLines } from "./terminal/across-lines.ts";
import { checkLines } from "./terminal/check-lines.ts";
import { comparisonLines } from "./terminal/comparison-lines.ts";
import { historyLines } from "./terminal/history-lines.ts";
import { keepaliveLines } from "./terminal/keepalive-lines.ts";
import { loadLines } from "./terminal/load-lines.ts";
import { thresholdLines } from "./terminal/threshold-lines.ts";
import { colour, type TerminalView } from "./terminal/view.ts";
import { headline, plural } from "./words.ts";
import { wrap } from "./wrap.ts";

export type { Paint, TerminalView } from "./terminal/view.ts";

/** The run for a person at a terminal; the verdict last, where the eye is. */
export function renderTerminal(report: RunReport, view: TerminalView): string {
  return [
    "",
    ...(isOfChecks(report) ? [...checkLines(report, view), ""] : []),
    ...keepaliveLines(report, view),
    ...accessLines(report, view),
    ...loadLines(report, view),
    ...acrossLines(report, view),
    ...historyLines(report, view),
    ...thresholdLines(report, view),
    ...comparisonLines(report, view),
    verdictLine(report, view),
    "",
  ].join("\n");
}

function verdictLine(report: RunReport, view: TerminalView): string {
  const word = colour(report.verdict, view)(view.paint.bold(` ${report.verdict.toUpperCase()} `));
  return [
    `${word} ${wrap(clean(headline(report)), view.columns - Math.max(10, report.verdict.length + 3)).join("\n          ")}`,
    `  ${view.paint.dim(numbers(report))}`,
  ].join("\n");
}

function numbers(report: RunReport): string {
  if (report.history !== undefined)
    return `${plural(report.history.runs.length, "run")}, ${plural(report.history.series.length, "figure")}`;
  const { pass, fail, inconclusive } = countVerdicts(report.checks);
  return [
    plural(report.targets.length, "target"),
    ...(report.checks.length > 0 ? [plural(pass + fail + inconclusive, "check")] : []),
    ...(report.thresholds.length > 0 ? [plural(report.thresholds.length, "threshold")] : []),
    ...(report.comparison === null ? [] : [plural(pairGroups(report.comparison).length, "pair")]),
    // Another tool's file may not tell.
    ...(report.elapsedMs > 0 ? [showElapsed(report.elapsedMs)] : []),
  ].join(", ");
}
