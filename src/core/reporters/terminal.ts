import { clean, clip } from "./clean.ts";
import type { OverallVerdict, ReportedCheck, ReportedTarget, RunReport } from "./run-report.ts";
import { showElapsed } from "./show-time.ts";
import { checksOf, countVerdicts, troubles, worst } from "./tally.ts";
import { headline, plural } from "./words.ts";
import { wrap } from "./wrap.ts";

/** What picocolors offers and this view uses; identity functions make it plain. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

export interface TerminalView {
  readonly paint: Paint;
  readonly columns: number;
}

const glyphs = { pass: "✓", fail: "✗", inconclusive: "?", skipped: "·" } as const satisfies Record<
  OverallVerdict,
  string
>;

/** The run for a person at a terminal: every target in a line or two, every trouble with cause, evidence and remedy. */
export function renderTerminal(report: RunReport, view: TerminalView): string {
  const nameWidth = Math.min(32, Math.max(...report.targets.map(({ id }) => id.length), 6));
  return [
    "",
    ...report.targets.flatMap((target) => targetLines(report, target, nameWidth, view)),
    "",
    verdictLine(report, view),
    "",
  ].join("\n");
}

function colour(verdict: OverallVerdict, { paint }: TerminalView): (text: string) => string {
  return { pass: paint.green, fail: paint.red, inconclusive: paint.yellow, skipped: paint.dim }[verdict];
}

function targetLines(report: RunReport, target: ReportedTarget, width: number, view: TerminalView): string[] {
  const checks = checksOf(report, target.id);
  const verdict = worst(checks);
  const place = clip(clean(`${target.kind} ${target.origin}`), Math.max(20, view.columns - width - 6));
  return [
    `${colour(verdict, view)(glyphs[verdict])} ${view.paint.bold(target.id.padEnd(width))}  ${view.paint.dim(place)}`,
    `  ${strip(checks, view)}`,
    ...troubles(checks).flatMap((check) => troubleLines(check, view)),
  ];
}

/** One glyph a check, by group: `network ✓✓✓✓  tls ✓  auth ✓✓✗`. */
function strip(checks: readonly ReportedCheck[], view: TerminalView): string {
  const groups = [...new Set(checks.map(({ group }) => group))];
  return groups
    .map((group) => {
      const marks = checks
        .filter((check) => check.group === group)
        .map(({ verdict }) => colour(verdict, view)(glyphs[verdict]));
      return `${view.paint.dim(group)} ${marks.join("")}`;
    })
    .join("  ");
}

function troubleLines(check: ReportedCheck, view: TerminalView): string[] {
  const mark = colour(check.verdict, view)(glyphs[check.verdict]);
  const rows = [`    ${mark} ${view.paint.bold(clean(check.title))}`];
  if (check.cause === null) return [...rows, ...field("seen", check.summary, view), ""];
  const { cause } = check;
  rows.push(...field("cause", `${cause.code} (${cause.confidence}): ${cause.title}`, view));
  for (const [index, evidence] of cause.evidence.entries())
    rows.push(...field(index === 0 ? "seen" : "", evidence, view));
  rows.push(...field("do", cause.remedy, view));
  if (cause.alternatives.length > 0) rows.push(...field("or", cause.alternatives.slice(0, 4).join(", "), view));
  return [...rows, ""];
}

function field(name: string, text: string, view: TerminalView): string[] {
  const indent = " ".repeat(13);
  return wrap(clip(clean(text), 1200), Math.max(20, view.columns - indent.length)).map((line, index) =>
    index === 0 ? `      ${view.paint.cyan(name.padEnd(6))} ${line}` : `${indent}${line}`,
  );
}

function verdictLine(report: RunReport, view: TerminalView): string {
  const counts = countVerdicts(report.checks);
  const word = colour(report.verdict, view)(view.paint.bold(` ${report.verdict.toUpperCase()} `));
  const numbers = view.paint.dim(
    `${plural(report.targets.length, "target")}, ${plural(counts.pass + counts.fail + counts.inconclusive, "check")}, ${showElapsed(report.elapsedMs)}`,
  );
  return [`${word} ${wrap(clean(headline(report)), view.columns - 10).join("\n          ")}`, `  ${numbers}`].join(
    "\n",
  );
}
