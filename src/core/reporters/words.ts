import { acrossHeadline } from "./across/across-words.ts";
import { comparisonHeadline } from "./comparison-answers.ts";
import { historyHeadline } from "./history/history-words.ts";
import { loadHeadline } from "./load-words.ts";
import type { OverallVerdict, ReportedCheck, RunReport } from "./run-report.ts";
import { grouped } from "./show-number.ts";
import { checksOf, countVerdicts, troubles, worst } from "./tally.ts";

export const verdictWords = {
  pass: "passed",
  fail: "failed",
  inconclusive: "inconclusive",
  skipped: "skipped",
} as const satisfies Record<OverallVerdict, string>;

/** `20 passed, 1 failed`: only those there were. */
export function verdictCounts(judged: readonly { readonly verdict: OverallVerdict }[]): string {
  const counts = countVerdicts(judged);
  return (["pass", "fail", "inconclusive", "skipped"] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${grouped(counts[verdict])} ${verdictWords[verdict]}`)
    .join(", ");
}

export const plural = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;

/** The whole run in one sentence: what every document and the terminal say first. */
export function headline(report: RunReport): string {
  const stopped = report.interrupted ? "Interrupted before the end; of what was measured: " : "";
  if (report.comparison !== null) return `${stopped}${comparisonHeadline(report, report.comparison)}`;
  if (report.across !== undefined) return acrossHeadline(report.across);
  if (report.history !== undefined) return historyHeadline(report.history);
  const isLoad = report.checks.length === 0 && (report.loads.length > 0 || report.command === "run");
  return `${stopped}${isLoad ? loadHeadline(report) : checkHeadline(report)}`;
}

function checkHeadline(report: RunReport): string {
  const counts = countVerdicts(report.checks);
  const bad = report.targets.filter(({ id }) => worst(checksOf(report, id)) === "fail");
  const first = troubles(report.checks)[0];
  switch (report.verdict) {
    case "pass":
      if (report.keepalive !== undefined) return keepaliveHeadline(report);
      return `${everyTarget(report)}: ${plural(counts.pass, "check")} passed${alsoSkipped(counts.skipped)}.`;
    case "fail":
      return `${howMany(bad.length, report.targets.length)} failed${first ? `. First: ${first.target}, ${firstWords(first)}` : ""}.`;
    case "inconclusive":
      return `Inconclusive: ${first ? `${first.target}: ${first.summary}` : passedSoFar(counts.pass)}`;
    case "skipped":
      return `No check was carried out.`;
  }
}

function howMany(bad: number, of: number): string {
  if (bad < of) return `${bad} of ${plural(of, "target")}`;
  return of === 1 ? "The target" : allOf(of);
}

const allOf = (targets: number): string => (targets === 2 ? "Both targets" : `All ${targets} targets`);

/** Of whom it is about is in no title of a cause. */
const firstWords = ({ check, cause, summary }: ReportedCheck): string =>
  check === "access-is-as-declared" ? summary : lowerFirst(cause?.title ?? summary);

const passedSoFar = (count: number): string =>
  count === 0 ? "nothing could be concluded" : `${plural(count, "check")} passed, and nothing is known of the others`;

/** Of one target what was found; of several that all is as it should be. */
function keepaliveHeadline(report: RunReport): string {
  const { length } = report.targets;
  const found = report.checks.filter(({ group, verdict }) => group === "keepalive" && verdict === "pass");
  const only = length === 1 ? found.find(({ check }) => check.startsWith("idle-")) : undefined;
  if (only !== undefined) return `Idle connections: ${only.summary}.`;
  return `${length === 1 ? "The target keeps" : `${allOf(length)} keep`} connections as expected, as far as was asked.`;
}

function everyTarget(report: RunReport): string {
  const { length } = report.targets;
  return length === 1
    ? "The target is reachable, private and answers as it should"
    : `${allOf(length)} are reachable, private and answer as they should`;
}

const alsoSkipped = (count: number): string => (count === 0 ? "" : `, ${count} did not apply`);

export const lowerFirst = (text: string): string =>
  /^[A-Z](?:[a-z]|\s)/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
