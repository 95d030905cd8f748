import { clean } from "./clean.ts";
import type { Reporter } from "./reporter.ts";
import type { ReportedCheck, ReportedTarget, RunReport } from "./run-report.ts";
import { checksOf, countVerdicts } from "./tally.ts";

/**
 * A suite a target, a case a check. Inconclusive is an `error`: the question was not answered, and a green pipeline would hide it.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export const junit: Reporter = {
  format: "junit",
  fileName: "junit.xml",
  render(report) {
    const counts = countVerdicts(report.checks);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="pathproof ${attribute(report.command)}" tests="${report.checks.length}" failures="${counts.fail}" errors="${counts.inconclusive}" skipped="${counts.skipped}" time="${inSeconds(report.elapsedMs)}" timestamp="${attribute(report.startedAt)}">`,
      ...report.targets.flatMap((target) => suite(report, target)),
      "</testsuites>",
      "",
    ].join("\n");
  },
};

function suite(report: RunReport, target: ReportedTarget): readonly string[] {
  const checks = checksOf(report, target.id);
  const counts = countVerdicts(checks);
  const elapsedMs = checks.reduce((sum, check) => sum + check.elapsedMs, 0);
  return [
    `  <testsuite name="${attribute(target.id)}" package="${attribute(target.kind)}" hostname="${attribute(report.vantage.hostname)}" tests="${checks.length}" failures="${counts.fail}" errors="${counts.inconclusive}" skipped="${counts.skipped}" time="${inSeconds(elapsedMs)}">`,
    ...checks.flatMap(testCase),
    "  </testsuite>",
  ];
}

function testCase(check: ReportedCheck): readonly string[] {
  const open = `    <testcase name="${attribute(check.check)}" classname="${attribute(`${check.target}.${check.group}`)}" time="${inSeconds(check.elapsedMs)}"`;
  switch (check.verdict) {
    case "pass":
      return [`${open}/>`];
    case "skipped":
      return [`${open}>`, `      <skipped message="${attribute(check.summary)}"/>`, "    </testcase>"];
    case "fail":
      return [`${open}>`, `      ${trouble("failure", check)}`, "    </testcase>"];
    case "inconclusive":
      return [`${open}>`, `      ${trouble("error", check)}`, "    </testcase>"];
  }
}

function trouble(element: "failure" | "error", check: ReportedCheck): string {
  const { cause } = check;
  const type = cause?.code ?? "inconclusive";
  const body =
    cause === null ? [] : [`${cause.title} (${cause.confidence})`, ...cause.evidence, cause.remedy, cause.source];
  return `<${element} type="${attribute(type)}" message="${attribute(check.summary)}">${element === "failure" || body.length > 0 ? escapeXml(body.map((line) => clean(line)).join("\n")) : ""}</${element}>`;
}

const inSeconds = (ms: number): string => (ms / 1000).toFixed(3);

/** XML 1.0 forbids most control characters even escaped, and U+FFFE/FFFF and lone surrogates with them. */
const escapeXml = (text: string): string =>
  text
    .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const attribute = (text: string): string => escapeXml(clean(text));
