import { expect, test } from "vitest";
import type { Diagnosis } from "#core/causes/cause.ts";
import { assembleCheckReport } from "#core/reporters/assemble.ts";
import { headline } from "#core/reporters/words.ts";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import { fail, pass, skipped, type Verdict } from "#core/verdicts/verdict.ts";
import { makeTarget } from "../../support/make.ts";
import { makeReport } from "../../support/report.ts";

const cause: Diagnosis = {
  code: "tcp-timeout",
  title: "Connecting gets no answer",
  confidence: "certain",
  evidence: ["10.0.1.10:443 did not answer"],
  remedy: "Open the security group.",
  alternatives: [],
  source: "https://docs.aws.amazon.com/",
};
const result = (check: string, verdict: Verdict): CheckResult => ({
  target: "orders",
  check,
  group: "network",
  title: check,
  verdict,
  elapsedMs: 3,
});
const { vantage, startedAt } = makeReport();
const run = { targets: [makeTarget("lattice")], vantage, startedAt, elapsedMs: 12, interrupted: false, access: [] };

test("assembleCheckReport() puts verdicts, causes and measures where a report has them", () => {
  const results = [
    result("name-resolves", pass("it resolves", { addresses: 2 })),
    result("every-address-connects", fail("it does not connect", cause)),
    result("certificate-is-valid", skipped("not asked")),
  ];
  const report = assembleCheckReport({ ...run, results });
  expect(report).toMatchObject({
    schema: "pathproof.report/1",
    command: "check",
    verdict: "fail",
    interrupted: false,
    targets: [{ id: "orders", kind: "lattice", origin: "https://orders.example.internal", auth: "iam" }],
  });
  expect(report.checks).toEqual([
    {
      target: "orders",
      check: "name-resolves",
      group: "network",
      title: "name-resolves",
      verdict: "pass",
      summary: "it resolves",
      cause: null,
      measures: { addresses: 2 },
      elapsedMs: 3,
    },
    {
      target: "orders",
      check: "every-address-connects",
      group: "network",
      title: "every-address-connects",
      verdict: "fail",
      summary: "it does not connect",
      cause,
      measures: {},
      elapsedMs: 3,
    },
    {
      target: "orders",
      check: "certificate-is-valid",
      group: "network",
      title: "certificate-is-valid",
      verdict: "skipped",
      summary: "not asked",
      cause: null,
      measures: {},
      elapsedMs: 3,
    },
  ]);
});

test("a run cut short can fail, but not pass: nobody knows what was not reached", () => {
  const results = [result("name-resolves", pass("it resolves")), result("later", skipped("interrupted before it ran"))];
  const report = assembleCheckReport({ ...run, interrupted: true, results });
  expect(report.verdict).toBe("inconclusive");
  expect(headline(report)).toBe(
    "Interrupted before the end; of what was measured: Inconclusive: 1 check passed, and nothing is known of the others",
  );
  const failed = [...results, result("connects", fail("it does not connect", cause))];
  expect(assembleCheckReport({ ...run, interrupted: true, results: failed }).verdict).toBe("fail");
});
