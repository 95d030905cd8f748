import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { runCli } from "../support/cli.ts";

const recorded = resolve(import.meta.dirname, "../recorded/foreign");
const scratch = mkdtempSync(join(tmpdir(), "pathproof-report-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const report = async (words: readonly string[], out: string) => {
  const ended = await runCli(["report", ...words, "--out", out], { cwd: scratch });
  const read = (): RunReport => JSON.parse(readFileSync(join(scratch, out, "report.json"), "utf8"));
  return { ...ended, read };
};

describe("report", () => {
  test("of another tool's file writes every document, and its thresholds decide the exit code", async () => {
    const { code, read } = await report([join(recorded, "k6-summary.json")], "k6");
    expect(code).toBe(1);
    expect(read()).toMatchObject({
      command: "report",
      verdict: "fail",
      loads: [{ engine: "foreign", foreign: { tool: "k6" } }],
    });
    const again = await report(["k6/report.json"], "again");
    expect(again.code).toBe(1);
    expect(again.read()).toEqual(read());
    expect(readFileSync(join(scratch, "again/report.html"), "utf8")).toContain("k6-summary");
  });

  test("judges it by the rules that were named", async () => {
    const csv = join(recorded, "k6.csv.gz");
    expect((await report([csv, "--threshold", "p95 < 250ms", "--threshold", "failures < 30%"], "held")).code).toBe(0);
    expect((await report([csv, "--threshold", "p95 < 1ms"], "broken")).code).toBe(1);
    // A summary that does not tell p99 is no pass.
    expect((await report([join(recorded, "oha.json"), "--threshold", "stale == 0"], "untold")).code).toBe(4);
  });

  test("of two files says how they differ, and gives no verdict", async () => {
    const { code, read, stdout } = await report([join(recorded, "k6.csv.gz"), join(recorded, "vegeta.csv")], "two");
    expect(code).toBe(4);
    expect(stdout).toContain("compared with");
    expect(read().across?.pairs).toHaveLength(3);
    expect(read().across?.warnings.join()).toContain("different tools (k6, vegeta)");
  });

  test.each([
    ["no-such-file", "there is no such file or folder"],
    [".", "is no run of pathproof: it holds neither observations.ndjson nor report.json"],
    ["letter.txt", "it is none of the files that are known"],
    ["empty", "it is empty"],
  ])("of %s is one sentence and exit 2", async (name, wanted) => {
    writeFileSync(join(scratch, "letter.txt"), "Dear reader,\n");
    writeFileSync(join(scratch, "empty"), "");
    const { code, stderr, stdout } = await runCli(["report", name, "--out", "nowhere"], { cwd: scratch });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(wanted);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test.each([
    [["k6", "--merge"], "is no run's folder"],
    [["k6/report.json", "k6/report.json", "--merge"], "is no run's folder"],
    [["k6", "k6/report.json"], "k6 and k6/report.json are one run, which neither differs from itself"],
    [["again", "--against", "k6", "k6", "k6"], "k6 is named twice, which neither differs from itself nor counts"],
    [["a", "--unit", "h"], '--unit: expected one of ns, us, ms, got "h"'],
    [["a", "b", "--margin", "2"], '--margin: expected a duration above 0 such as "2ms", got "2"'],
    [["a", "--threshold", "fast"], '--threshold "fast": expected a threshold such as'],
  ])("%j is refused", async (words, wanted) => {
    const { code, stderr } = await runCli(["report", ...words], { cwd: scratch });
    expect(code).toBe(2);
    expect(stderr).toContain(wanted);
  });
});
