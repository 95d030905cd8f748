import { type AccessGrid, accessGrids, accessTroubles, accessWord } from "./access-words.ts";
import {
  acrossGroups,
  answerWords,
  differenceWords,
  intervalWords,
  showQuantile,
  sideWords,
} from "./across/across-words.ts";
import { clip } from "./clean.ts";
import { ledgerNotes } from "./ledger-words.ts";
import { loadNames, loadVerdict, sharedNotes, worstFirst } from "./load-tally.ts";
import { failedWords, failureWords, loadDescription, rateWords, refusalWords, reuseShare } from "./load-words.ts";
import { text } from "./markdown-text.ts";
import type { Reporter } from "./reporter.ts";
import type { OverallVerdict, Quantiles, ReportedCheck, ReportedLoad, RunReport } from "./run-report.ts";
import { threeDigits } from "./show-number.ts";
import { showElapsed } from "./show-time.ts";
import { comparisonSection } from "./summary-comparison.ts";
import { historySummary } from "./summary-history.ts";
import { checksOf, countVerdicts, isOfChecks, troubles, worst } from "./tally.ts";
import { headline, plural } from "./words.ts";

const marks = { pass: "✅", fail: "❌", inconclusive: "❔", skipped: "➖" } as const satisfies Record<
  OverallVerdict,
  string
>;

/** As many rows as anyone reads in a pull request, and forges accept. */
const rowsMax = 100;
const troublesMax = 20;

/** Short enough for a pull request or a chat; the HTML report has the rest. */
export const summaryMd: Reporter = {
  format: "markdown",
  fileName: "summary.md",
  render(report) {
    return [
      `## ${marks[report.verdict]} pathproof ${text(report.command)}: ${report.verdict}`,
      "",
      text(headline(report)),
      "",
      ...acrossTables(report),
      ...historySummary(report.history),
      ...thresholds(report),
      ...loadNames(report).flatMap((name) => loadTable(report, name)),
      ...comparisonSection(report.comparison),
      ...(isOfChecks(report) ? checkTable(report) : []),
      ...accessGrids(report.access ?? []).flatMap(accessTable),
      ...troubles(report.checks).slice(0, troublesMax).flatMap(trouble),
      ...rest(troubles(report.checks).length, troublesMax, "trouble"),
      `<sub>${text(`${report.startedAt}, ${showElapsed(report.elapsedMs)}, from ${report.vantage.hostname}, pathproof ${report.vantage.pathproof}`)}</sub>`,
      "",
    ].join("\n");
  },
};

function acrossTables({ across }: RunReport): readonly string[] {
  if (across === undefined) return [];
  return [
    ...acrossGroups(across).flatMap(({ target, a, b, measure, pairs }) => [
      `**${text(target)}**: ${text(a)} compared with ${text(b)}; ${measure} time in milliseconds.`,
      "",
      `| | ${text(b)} | ${text(a)} | difference | 95% interval | |`,
      "|---|--:|--:|--:|---|---|",
      ...pairs.map(
        (pair) =>
          `| ${showQuantile(pair.quantile)} | ${sideWords(pair.bMs)} | ${sideWords(pair.aMs)} | ${differenceWords(pair)} | ${intervalWords(pair)} | ${answerWords(pair)} |`,
      ),
      "",
      ...[...new Set(pairs.flatMap(({ warnings }) => warnings))].map((warning) => `- ${text(clip(warning, 400))}`),
      "",
    ]),
    ...across.differing.map(({ fact, values }) => `- not alike, ${text(fact)}: ${values.map(text).join(" → ")}`),
    ...across.warnings.map((warning) => `- ${text(clip(warning, 600))}`),
    "",
  ];
}

function thresholds(report: RunReport): readonly string[] {
  if (report.thresholds.length === 0) return [];
  const several = loadNames(report).length > 1;
  return [
    `| | rule | observed | target |${several ? " load |" : ""}`,
    `|---|---|--:|---|${several ? "---|" : ""}`,
    ...worstFirst(report.thresholds).map(
      ({ rule, observed, target, load, verdict }) =>
        `| ${marks[verdict]} | ${text(rule)} | ${text(observed)} | ${text(target)} |${several ? ` ${text(load)} |` : ""}`,
    ),
    "",
  ];
}

function loadTable(report: RunReport, name: string): readonly string[] {
  const loads = report.loads.filter(({ load }) => load === name);
  const [first] = loads;
  if (first === undefined) return [];
  const shared = sharedNotes(loads);
  return [
    `**${text(name)}**: ${text(loadDescription(first))}; milliseconds.`,
    "",
    "| | target | requests/s | failed | time | p50 | p90 | p99 | p99.9 | max | reuse |",
    "|---|---|--:|--:|---|--:|--:|--:|--:|--:|--:|",
    ...loads.flatMap((load) => loadRows(report, load)),
    "",
    ...shared.map((line) => `- ${text(clip(line, 400))}`),
    ...loads.flatMap((load) => loadNotes(load, shared)),
    "",
  ];
}

const loadRows = (report: RunReport, load: ReportedLoad): readonly string[] => [
  `| ${marks[loadVerdict(report, load)]} | ${text(load.target)} | ${rateWords(load)} | ${text(failedWords(load))} | response | ${quantiles(load.responseMs)} | ${text(reuseShare(load))} |`,
  `| | | | | service | ${quantiles(load.serviceMs)} | |`,
];

const quantiles = (known: Quantiles | null): string =>
  (known === null
    ? ["–", "–", "–", "–", "–"]
    : [known.p50, known.p90, known.p99, known.p999, known.max].map(threeDigits)
  ).join(" | ");

/** What the table has no column for. */
function loadNotes(load: ReportedLoad, shared: readonly string[]): readonly string[] {
  const notes = [
    ...(failureWords(load) === "" ? [] : [`failed: ${failureWords(load)}`]),
    ...(load.refusals === undefined ? [] : [`refused: ${refusalWords(load)}`]),
    ...ledgerNotes(load)
      .filter(({ name }) => name !== "connections")
      .map((note) => `${note.name}: ${note.text}`),
    ...(load.saturated === true ? ["the generator itself was the bottleneck"] : []),
    ...load.generator.filter((line) => !shared.includes(line)),
  ];
  return notes.map((note) => `- ${text(load.target)}: ${text(clip(note, 400))}`);
}

function checkTable(report: RunReport): readonly string[] {
  const rows = worstFirst(
    report.targets.map((target) => ({ target, verdict: worst(checksOf(report, target.id)) })),
  ).map(({ target, verdict }) => {
    const counts = countVerdicts(checksOf(report, target.id));
    return `| ${marks[verdict]} | ${text(target.id)} | ${text(target.kind)} | ${target.auth ?? "not told"} | ${counts.pass} | ${counts.fail} | ${counts.inconclusive} | ${counts.skipped} |`;
  });
  return [
    "| | target | kind | auth | passed | failed | inconclusive | skipped |",
    "|---|---|---|---|--:|--:|--:|--:|",
    ...rows.slice(0, rowsMax),
    "",
    ...rest(rows.length, rowsMax, "target"),
  ];
}

function accessTable(grid: AccessGrid): readonly string[] {
  const { target, actions, principals } = grid;
  const troubles = accessTroubles(grid).map(
    ({ verdict, principal, actions: at, says }) =>
      `- ${marks[verdict]} ${text(principal)}, ${at.map(text).join(", ")}: ${text(clip(says, 400))}`,
  );
  return [
    `| ${text(target)}: who may do what | ${actions.map(text).join(" | ")} |`,
    `|---|${actions.map(() => "---|").join("")}`,
    ...principals.map(
      ({ principal, cells }) =>
        `| ${text(principal)} | ${cells.map((row) => (row === null ? "" : `${marks[row.verdict]} ${accessWord(row)}`)).join(" | ")} |`,
    ),
    "",
    ...(troubles.length === 0 ? [] : [...troubles, ""]),
  ];
}

const rest = (count: number, most: number, noun: string): readonly string[] =>
  count > most ? [`And ${plural(count - most, `more ${noun}`)}: report.html has them.`, ""] : [];

function trouble(check: ReportedCheck): readonly string[] {
  const { cause } = check;
  const head = `### ${marks[check.verdict]} ${text(check.target)}: ${text(check.title)}`;
  if (cause === null) return [head, "", text(check.summary), ""];
  return [
    head,
    "",
    `**${text(cause.code)}** (${cause.confidence}): ${text(cause.title)}`,
    "",
    ...cause.evidence.map((line) => `- ${text(clip(line, 400))}`),
    "",
    `**Do:** ${text(cause.remedy)}`,
    "",
    ...(cause.alternatives.length > 0 ? [`Also possible: ${cause.alternatives.map(text).join(", ")}`, ""] : []),
  ];
}
