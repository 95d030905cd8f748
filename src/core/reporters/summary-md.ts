import { clean, clip } from "./clean.ts";
import type { Reporter } from "./reporter.ts";
import type { OverallVerdict, ReportedCheck, RunReport } from "./run-report.ts";
import { showElapsed } from "./show-time.ts";
import { checksOf, countVerdicts, troubles, worst } from "./tally.ts";
import { headline } from "./words.ts";

const marks = { pass: "✅", fail: "❌", inconclusive: "❔", skipped: "➖" } as const satisfies Record<
  OverallVerdict,
  string
>;

/** Short enough for a pull request or a chat; the HTML report has the rest. */
export const summaryMd: Reporter = {
  format: "markdown",
  fileName: "summary.md",
  render(report) {
    return [
      `## ${marks[report.verdict]} pathproof ${report.command}: ${report.verdict}`,
      "",
      text(headline(report)),
      "",
      ...table(report),
      "",
      ...troubles(report.checks).flatMap(trouble),
      `<sub>${text(`${report.startedAt}, ${showElapsed(report.elapsedMs)}, from ${report.vantage.hostname}, pathproof ${report.vantage.pathproof}`)}</sub>`,
      "",
    ].join("\n");
  },
};

function table(report: RunReport): readonly string[] {
  const rows = report.targets.map((target) => {
    const checks = checksOf(report, target.id);
    const counts = countVerdicts(checks);
    return `| ${marks[worst(checks)]} | ${text(target.id)} | ${text(target.kind)} | ${target.auth} | ${counts.pass} | ${counts.fail} | ${counts.inconclusive} | ${counts.skipped} |`;
  });
  return [
    "| | target | kind | auth | passed | failed | inconclusive | skipped |",
    "|---|---|---|---|--:|--:|--:|--:|",
    ...rows,
  ];
}

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

/** Text from the wire must not become markup, a mention, a link or a table cell. */
const text = (value: string): string =>
  clean(value)
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "&#64;");
