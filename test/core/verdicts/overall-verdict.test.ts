import { describe, expect, test } from "vitest";
import { type Ended, exitCode } from "#core/verdicts/exit-code.ts";
import { overallVerdict, type VerdictKind } from "#core/verdicts/overall-verdict.ts";

test.each<[readonly VerdictKind[], VerdictKind]>([
  [[], "skipped"],
  [["skipped", "skipped"], "skipped"],
  [["skipped", "pass"], "pass"],
  [["pass", "inconclusive", "skipped"], "inconclusive"],
  [["inconclusive"], "inconclusive"],
  [["pass", "fail", "inconclusive"], "fail"],
])("overallVerdict() of %j is %s", (kinds, expected) => {
  expect(overallVerdict(kinds.map((kind) => ({ kind })))).toBe(expected);
});

describe("exitCode()", () => {
  const ended = (verdict: VerdictKind, over: Partial<Ended> = {}): Ended => ({
    verdict,
    interrupted: false,
    checks: [],
    ...over,
  });
  const doubtful = (code: string | null) => ({
    verdict: "inconclusive" as const,
    cause: code === null ? null : { code },
  });
  const failing = { verdict: "fail" as const, cause: { code: "tcp-timeout" } };

  test.each<[string, Ended, number]>([
    ["everything passed", ended("pass"), 0],
    ["something failed", ended("fail", { checks: [failing] }), 1],
    [
      "something failed, and there were no credentials",
      ended("fail", { checks: [failing, doubtful("credentials-missing")] }),
      1,
    ],
    ["there were no credentials", ended("inconclusive", { checks: [doubtful("credentials-missing")] }), 3],
    ["there were no file descriptors", ended("inconclusive", { checks: [doubtful("file-limit")] }), 3],
    ["something could not be concluded", ended("inconclusive", { checks: [doubtful(null)] }), 4],
    ["something was refused for another reason", ended("inconclusive", { checks: [doubtful("denied-explicit")] }), 4],
    ["nothing was asked", ended("skipped"), 4],
    ["it was interrupted", ended("pass", { interrupted: true }), 130],
    ["it was interrupted after a failure", ended("fail", { interrupted: true, checks: [failing] }), 130],
  ])("when %s", (_, report, code) => {
    expect(exitCode(report)).toBe(code);
  });
});
