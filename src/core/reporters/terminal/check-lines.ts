import { clean, clip } from "../clean.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "../run-report.ts";
import { checksOf, troubles, worst } from "../tally.ts";
import { plural } from "../words.ts";
import { wrap } from "../wrap.ts";
import { mark, type TerminalView } from "./view.ts";

/** More targets than this are not listed one by one when all is well with them. */
const listedMax = 20;

/** Every target in a line or two, those in trouble last and whole: the end of the text is what a terminal shows. */
export function checkLines(report: RunReport, view: TerminalView): readonly string[] {
  const width = Math.min(32, Math.max(...report.targets.map(({ id }) => id.length), 6));
  const well = report.targets.filter(({ id }) => troubles(checksOf(report, id)).length === 0);
  const unwell = report.targets.filter((target) => !well.includes(target));
  if (report.targets.length <= listedMax)
    return report.targets.flatMap((target) => targetLines(report, target, width, view));
  return [...folded(well, view), ...unwell.flatMap((target) => targetLines(report, target, width, view))];
}

/** The names of the many with which all is well. */
function folded(targets: readonly ReportedTarget[], view: TerminalView): readonly string[] {
  if (targets.length === 0) return [];
  const names = wrap(clip(targets.map(({ id }) => id).join(", "), 2000), Math.max(20, view.columns - 4));
  return [
    `${mark("pass", view)} ${view.paint.bold(`${plural(targets.length, "target")} without trouble`)}`,
    ...names.map((line) => `    ${view.paint.dim(line)}`),
    "",
  ];
}

function targetLines(report: RunReport, target: ReportedTarget, width: number, view: TerminalView): readonly string[] {
  const checks = checksOf(report, target.id);
  const place = clip(clean(`${target.kind} ${target.origin}`), Math.max(20, view.columns - width - 6));
  return [
    `${mark(worst(checks), view)} ${view.paint.bold(target.id.padEnd(width))}  ${view.paint.dim(place)}`,
    ...strip(checks, view).map((line) => `  ${line}`),
    ...troubles(checks).flatMap((check) => troubleLines(check, view)),
  ];
}

/** One glyph a check, by group: `network ✓✓✓✓  tls ✓  auth ✓✓✗`; no group is broken at the edge of the terminal. */
function strip(checks: readonly ReportedCheck[], view: TerminalView): readonly string[] {
  const lines: { readonly text: string; readonly width: number }[] = [];
  for (const group of new Set(checks.map((check) => check.group))) {
    const marks = checks.filter((check) => check.group === group).map(({ verdict }) => mark(verdict, view));
    const text = `${view.paint.dim(group)} ${marks.join("")}`;
    // Colours take no columns, so the width is counted apart.
    const width = group.length + 1 + marks.length;
    const last = lines.at(-1);
    if (last === undefined || last.width + 2 + width > view.columns - 2) lines.push({ text, width });
    else lines[lines.length - 1] = { text: `${last.text}  ${text}`, width: last.width + 2 + width };
  }
  return lines.map(({ text }) => text);
}

function troubleLines(check: ReportedCheck, view: TerminalView): readonly string[] {
  const rows = [`    ${mark(check.verdict, view)} ${view.paint.bold(clean(check.title))}`];
  if (check.cause === null) return [...rows, ...field("seen", check.summary, view), ""];
  const { cause } = check;
  rows.push(...field("cause", `${cause.code} (${cause.confidence}): ${cause.title}`, view));
  for (const [index, evidence] of cause.evidence.entries())
    rows.push(...field(index === 0 ? "seen" : "", evidence, view));
  rows.push(...field("do", cause.remedy, view));
  if (cause.alternatives.length > 0) rows.push(...field("or", cause.alternatives.slice(0, 4).join(", "), view));
  return [...rows, ""];
}

function field(name: string, text: string, view: TerminalView): readonly string[] {
  const indent = " ".repeat(13);
  return wrap(clip(clean(text), 1200), Math.max(20, view.columns - indent.length)).map((line, index) =>
    index === 0 ? `      ${view.paint.cyan(name.padEnd(6))} ${line}` : `${indent}${line}`,
  );
}
