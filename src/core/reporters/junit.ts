import { clean } from "./clean.ts";
import { type JunitCase, junitSuites } from "./junit-cases.ts";
import type { Reporter } from "./reporter.ts";
import type { OverallVerdict, RunReport } from "./run-report.ts";

/**
 * A suite a target, a case a check or threshold. Inconclusive is an `error`: the question was not answered, and a green pipeline
 * would hide it.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export const junit: Reporter = {
  format: "junit",
  fileName: "junit.xml",
  render(report) {
    const suites = junitSuites(report);
    const all = suites.flatMap(({ cases }) => cases);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="pathproof ${attribute(report.command)}" ${counts(all)} time="${inSeconds(report.elapsedMs)}" timestamp="${attribute(report.startedAt)}">`,
      ...suites.flatMap(({ name, kind, cases }) => suite(report, name, kind, cases)),
      "</testsuites>",
      "",
    ].join("\n");
  },
};

function suite(report: RunReport, name: string, kind: string, cases: readonly JunitCase[]): readonly string[] {
  const elapsedMs = cases.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  return [
    `  <testsuite name="${attribute(name)}" package="${attribute(kind)}" hostname="${attribute(report.vantage.hostname)}" ${counts(cases)} time="${inSeconds(elapsedMs)}">`,
    ...cases.flatMap(testCase),
    "  </testsuite>",
  ];
}

function counts(cases: readonly JunitCase[]): string {
  const count = (wanted: OverallVerdict): number => cases.filter(({ verdict }) => verdict === wanted).length;
  return `tests="${cases.length}" failures="${count("fail")}" errors="${count("inconclusive")}" skipped="${count("skipped")}"`;
}

function testCase(one: JunitCase): readonly string[] {
  const open = `    <testcase name="${attribute(one.name)}" classname="${attribute(one.className)}" time="${inSeconds(one.elapsedMs)}"`;
  switch (one.verdict) {
    case "pass":
      return [`${open}/>`];
    case "skipped":
      return [`${open}>`, `      <skipped message="${attribute(one.message)}"/>`, "    </testcase>"];
    case "fail":
      return [`${open}>`, `      ${trouble("failure", one)}`, "    </testcase>"];
    case "inconclusive":
      return [`${open}>`, `      ${trouble("error", one)}`, "    </testcase>"];
  }
}

const trouble = (element: "failure" | "error", { type, message, details }: JunitCase): string =>
  `<${element} type="${attribute(type)}" message="${attribute(message)}">${escapeXml(details.map((line) => clean(line)).join("\n"))}</${element}>`;

const inSeconds = (ms: number): string => (ms / 1000).toFixed(3);

/** XML 1.0 forbids most control characters even escaped, and U+FFFE/FFFF and lone surrogates with them. */
const escapeXml = (text: string): string =>
  text
    .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const attribute = (text: string): string => escapeXml(clean(text));
