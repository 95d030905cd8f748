import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { ReportedCheck } from "#core/reporters/run-report.ts";
import { check, type RunningLab, startLabProcess } from "../support/cli.ts";

const cuts = (checks: readonly ReportedCheck[]): ReadonlyMap<string, ReportedCheck> =>
  new Map(checks.filter((one) => one.check === "timeouts-cut-as-declared").map((one) => [one.target, one]));

describe("check --only timeouts, in a lab a hundred times as fast as AWS", () => {
  const started: { lab: RunningLab | null } = { lab: null };
  beforeAll(async () => {
    started.lab = await startLabProcess(["--time-scale", "0.01"]);
  });
  afterAll(() => started.lab?.stop());
  const config = (): string => {
    if (started.lab === null) throw new Error("no lab");
    return started.lab.config;
  };

  /** The lab's config with other timeouts of one target. */
  function declaring(target: string, timeouts: object): string {
    const written = parse(readFileSync(config(), "utf8"));
    written.targets[target].timeouts = timeouts;
    const file = join(dirname(config()), `${target}.yaml`);
    writeFileSync(file, stringify(written));
    return file;
  }

  // A machine that is busy with other tests may be late, but not three times in a row.
  test("sees of every kind who cuts off, with what, and whether the function goes on", { retry: 2 }, async () => {
    const { code, report } = await check(config(), ["--only", "timeouts"]);
    expect(code).toBe(0);
    const seen = cuts(report.checks);
    const of = (target: string) => [seen.get(target)?.verdict, seen.get(target)?.measures];
    expect(of("orders-direct")).toEqual([
      "pass",
      expect.objectContaining({ declaredMs: 600, status: 200, functionWentOn: "no" }),
    ]);
    expect(of("orders-lattice")).toEqual([
      "pass",
      expect.objectContaining({ declaredMs: 300, status: 502, functionWentOn: "no" }),
    ]);
    expect(of("orders-api")).toEqual([
      "pass",
      expect.objectContaining({ declaredMs: 290, status: 504, functionWentOn: "yes" }),
    ]);
    expect(of("orders-alb")).toEqual([
      "pass",
      expect.objectContaining({ declaredMs: 600, status: 504, functionWentOn: "yes" }),
    ]);
    expect(seen.get("orders-direct")?.summary).toContain("(function-timeout");
    expect(seen.get("orders-api")?.summary).toContain("(integration-timeout");
    expect(seen.get("orders-alb")?.summary).toContain("(target-timeout");
    expect(seen.get("plain")?.verdict).toBe("skipped");
  });

  test.each([
    ["shorter than it is said to", "500ms"],
    ["longer than it is said to", "150ms"],
  ])("says that a path waits %s", { retry: 2 }, async (_, integration) => {
    const file = declaring("orders-api", { integration });
    const { code, report } = await check(file, ["orders-api", "--only", "timeouts"]);
    expect(code).toBe(1);
    expect(cuts(report.checks).get("orders-api")?.cause?.code).toBe("timeout-not-as-declared");
  });

  test("is not asked unless it is asked for", async () => {
    const { report } = await check(config(), ["orders-api"]);
    expect(report.checks.map((one) => one.check)).toContain("timeouts-are-ordered");
    expect(cuts(report.checks).size).toBe(0);
  });

  test("names from the config alone who gives up too soon", async () => {
    const file = declaring("orders-alb", { client: "10s", function: "15m" });
    const { code, report } = await check(file, ["orders-alb", "--only", "timeouts-are-ordered"]);
    expect(code).toBe(1);
    const [only] = report.checks.filter((one) => one.check === "timeouts-are-ordered");
    expect(only?.cause).toMatchObject({ code: "timeouts-inverted", confidence: "certain" });
    expect(only?.cause?.evidence).toHaveLength(2);
  });
});
