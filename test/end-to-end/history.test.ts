import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { runCli } from "../support/cli.ts";
import { nightlyCheck, nightlyRun, nights } from "../support/history-runs.ts";

const scratch = mkdtempSync(join(tmpdir(), "pathproof-history-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function save(folder: string, name: string, text: string): void {
  mkdirSync(join(scratch, folder, name), { recursive: true });
  writeFileSync(join(scratch, folder, name, "report.json"), text);
}

const history = (...words: readonly string[]) => runCli(["history", ...words], { cwd: scratch });

describe("history", () => {
  beforeAll(() => {
    for (const night of nights(30, 20)) save("reports", `night-${night.night}`, JSON.stringify(nightlyRun(night)));
    for (const night of nights(14, null)) save("steady", `night-${night.night}`, JSON.stringify(nightlyRun(night)));
    for (const night of [0, 1]) save("checks", `night-${night}`, JSON.stringify(nightlyCheck(night, night === 1)));
  });

  test("of the runs under reports/ fails where something got worse, in every document", async () => {
    const { code, stdout } = await history("--out", "slower");
    expect(code).toBe(1);
    expect(stdout).toMatch(/p99 .* since 2026-10-21 03:00/);
    const report: RunReport = JSON.parse(readFileSync(join(scratch, "slower/report.json"), "utf8"));
    expect(report).toMatchObject({ command: "history", verdict: "fail" });
    for (const name of ["report.html", "summary.md", "junit.xml"])
      expect(readFileSync(join(scratch, "slower", name), "utf8")).toContain("orders-alb");
  });

  test("writes among the runs, and does not take what it wrote for one", async () => {
    expect((await history()).code).toBe(1);
    const { stdout } = await history("--json");
    expect(JSON.parse(stdout).history.runs).toHaveLength(30);
  });

  test("lets rest what changed before --since", async () => {
    expect((await history("--since", "2026-10-25", "--out", "since")).code).toBe(0);
  });

  test("is 0 where nothing changed, and 4 of too few", async () => {
    expect((await history("steady", "--out", "same")).code).toBe(0);
    expect((await history("steady", "--last", "5", "--out", "few")).code).toBe(4);
  });

  test("of checks fails while a target does that had passed", async () => {
    const { code, stdout } = await history("checks", "--out", "checked");
    expect(code).toBe(1);
    expect(stdout).toContain("has failed its checks since 2026-10-02 03:00");
  });

  test("says which report it cannot read, and goes on", async () => {
    save("torn", "good", JSON.stringify(nightlyRun({ night: 1, p50: 5, p99: 12 })));
    save("torn", "half", '{"schema":"pathproof.report/1","comm');
    const { code, stderr } = await history("torn", "--out", "torn-out");
    expect(code).toBe(4);
    expect(stderr).toMatch(/half\/report\.json: it is no whole JSON document.*; left out/);
  });

  test.each([
    [["nowhere"], "cannot read"],
    [["torn/half"], "no run of check, keepalive, run or compare is in torn/half"],
    [["--since", "yesterday"], '--since: expected "7d", "12h"'],
    [["--margin", "5"], '--margin: expected a share such as "5%", got "5"'],
    [["--last", "0"], "--last: expected a whole number from 1 to 100000"],
  ])("%j is one sentence and exit 2", async (words, wanted) => {
    const { code, stderr, stdout } = await history(...words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(wanted);
  });
});
