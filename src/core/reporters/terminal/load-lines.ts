import { clean, clip } from "../clean.ts";
import { ledgerNotes } from "../ledger-words.ts";
import { failedRequests, failuresByCount, loadNames, loadVerdict, sharedNotes } from "../load-tally.ts";
import { failureWords, loadDescription, outcomeWords, rateWords, refusalWords, reuseShare } from "../load-words.ts";
import type { Quantiles, ReportedLoad, RunReport } from "../run-report.ts";
import { grouped, threeDigits } from "../show-number.ts";
import { plural } from "../words.ts";
import { wrap } from "../wrap.ts";
import { mark, type TerminalView } from "./view.ts";

const nameWidth = 14;
const numberWidth = 9;

/** Each load as a table: two lines a target, what a caller waited and what the service took, and what was not well. */
export const loadLines = (report: RunReport, view: TerminalView): readonly string[] =>
  loadNames(report).flatMap((name) => {
    const loads = report.loads.filter(({ load }) => load === name);
    const [first] = loads;
    if (first === undefined) return [];
    const shared = sharedNotes(loads);
    return [
      ...heading(clean(name), clean(loadDescription(first)), view),
      ...shared.flatMap((line) => fact("generator", line, view)),
      view.paint.dim(`    ${"".padEnd(nameWidth)}${["p50", "p90", "p99", "p99.9", "max"].map(number).join("")}`),
      ...loads.flatMap((load) => targetLines(report, load, shared, view)),
    ];
  });

/** Beside the name, or on as many lines under it as it takes. */
function heading(name: string, description: string, { paint, columns }: TerminalView): readonly string[] {
  const [first = "", ...others] = wrap(description, columns - Math.max(4, name.length + 2));
  const rest = wrap(others.join(" "), columns - 4).filter((line) => line !== "");
  return [`${paint.bold(name)}  ${paint.dim(first)}`, ...rest.map((line) => `    ${paint.dim(line)}`)];
}

const number = (text: string): string => text.padStart(numberWidth);

function targetLines(
  report: RunReport,
  load: ReportedLoad,
  shared: readonly string[],
  view: TerminalView,
): readonly string[] {
  const rate = load.achievedRate === null ? "" : `${rateWords(load)} requests/s`;
  const name = clip(clean(load.target), Math.max(16, view.columns - rate.length - 6));
  return [
    `${mark(loadVerdict(report, load), view)} ${view.paint.bold(name)}  ${rate}`,
    durations("response", load.responseMs, view),
    durations("service", load.serviceMs, view),
    ...fact(
      "requests",
      `${grouped(load.requests)}, ${outcomeWords(failedRequests(load), load.requests)}${neverSent(load)}`,
      view,
    ),
    ...(failuresByCount(load).length > 0 ? fact("by cause", failureWords(load), view) : []),
    ...(load.refusals === undefined ? [] : fact("refused", refusalWords(load), view)),
    ...(load.reuse === null ? [] : fact("reuse", reuseWords(load, load.reuse), view)),
    ...ledgerNotes(load).flatMap(({ name, text }) => fact(name, text, view)),
    ...(load.saturated === true ? fact("saturated", "the generator itself was the bottleneck here", view) : []),
    ...load.generator.filter((line) => !shared.includes(line)).flatMap((line) => fact("generator", line, view)),
    "",
  ];
}

/** Milliseconds under the quantiles' names. */
function durations(name: string, quantiles: Quantiles | null, view: TerminalView): string {
  const title = `    ${view.paint.cyan(`${name} ms`.padEnd(nameWidth))}`;
  if (quantiles === null) return `${title}${view.paint.dim(number("none"))}`;
  const { p50, p90, p99, p999, max } = quantiles;
  return `${title}${[p50, p90, p99, p999, max].map((value) => number(threeDigits(value))).join("")}`;
}

const fact = (name: string, text: string, view: TerminalView): readonly string[] =>
  wrap(clip(clean(text), 1200), Math.max(20, view.columns - nameWidth - 4)).map((line, index) =>
    index === 0 ? `    ${view.paint.cyan(name.padEnd(nameWidth))}${line}` : `    ${"".padEnd(nameWidth)}${line}`,
  );

const neverSent = ({ dropped }: ReportedLoad): string =>
  dropped === null || dropped === 0 ? "" : `, ${grouped(dropped)} never sent`;

function reuseWords(load: ReportedLoad, reuse: NonNullable<ReportedLoad["reuse"]>): string {
  return [
    reuseShare(load),
    `${plural(reuse.connections, "connection")} opened (${grouped(reuse.perfect)} would do)`,
    `${grouped(reuse.stale)} stale`,
    ...(reuse.suspectedRetries === 0 ? [] : [`${grouped(reuse.suspectedRetries)} suspected silent retries`]),
  ].join(", ");
}
