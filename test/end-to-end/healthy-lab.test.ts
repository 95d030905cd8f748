import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportSchema } from "#core/reporters/report-schema.ts";
import { check, inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";

describe("check on the healthy lab", () => {
  let lab: RunningLab;
  beforeAll(async () => {
    lab = await startLabProcess();
  });
  afterAll(() => lab?.stop());

  test("every check of every target passes or does not apply, and it exits 0", async () => {
    const { code, report } = await check(lab.config);
    const bad = report.checks.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive");
    expect(bad.map(({ target, check, summary }) => `${target} ${check}: ${summary}`)).toEqual([]);
    expect(report.verdict).toBe("pass");
    expect(code).toBe(0);
    expect(new Set(report.targets.map(({ kind }) => kind))).toEqual(
      new Set(["lambda-endpoint", "lattice", "api-gateway", "alb", "http"]),
    );
  });

  test("nothing is skipped for want of an earlier pass", async () => {
    const { report } = await check(lab.config);
    const blocked = report.checks.filter(({ summary }) => summary.includes("did not pass"));
    expect(blocked).toEqual([]);
  });

  test("the report keeps to its published schema", async () => {
    const { report } = await check(lab.config, ["orders-direct", "orders-lattice"]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const valid = ajv.validate(reportSchema(), report);
    expect(ajv.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test("the run's folder holds every document, and the observations judge to the same report", async () => {
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const { code } = await runCli(["check", "-c", lab.config, "--out", out, "--quiet"]);
      expect(code).toBe(0);
      expect(readdirSync(out).sort()).toEqual([
        "junit.xml",
        "observations.ndjson",
        "report.html",
        "report.json",
        "summary.md",
      ]);
      const again = await runCli(["report", out, "--out", join(folder, "again"), "--json", "--quiet"]);
      expect(again.code).toBe(0);
      const before: { checks: unknown } = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
      const after: { checks: unknown } = JSON.parse(again.stdout);
      expect(after.checks).toEqual(before.checks);
    });
  });

  test("--dry-run says what would be sent and sends nothing", async () => {
    const { code, stdout } = await runCli(["check", "-c", lab.config, "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("orders-direct");
    expect(stdout).toMatch(/POST .*\/invocations/);
  });
});
