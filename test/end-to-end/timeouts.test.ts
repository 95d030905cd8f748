import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { ReportedCheck } from "#core/reporters/run-report.ts";
import { check, inFolder, type RunningLab, startLabProcess } from "../support/cli.ts";
import { startNginx } from "../support/servers.ts";
import { findTool } from "../support/tools.ts";

const nginx = findTool("nginx");

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

  test.skipIf(nginx === null)(
    "sees a real nginx give up before the front, and the function go on",
    { retry: 2 },
    async () => {
      await inFolder(async (folder) => {
        const written = parse(readFileSync(config(), "utf8"));
        const alb = written.targets["orders-alb"];
        const { port, hostname } = new URL(alb.url);
        const proxy = await startNginx(
          nginx ?? "",
          folder,
          `server { listen 127.0.0.1:PORT; location / { proxy_pass https://127.77.1.16:${port}; proxy_ssl_server_name on;
          proxy_ssl_name ${hostname}; proxy_set_header Host ${hostname}; proxy_read_timeout 300ms; } }`,
        );
        try {
          const timeouts = { client: "1s", proxy: "300ms", integration: "600ms" };
          const target = {
            kind: "alb",
            url: `http://127.0.0.1:${proxy.port}`,
            echo: "alb",
            timeouts,
            request: alb.request,
          };
          const file = join(dirname(config()), "behind-nginx.yaml");
          writeFileSync(file, stringify({ ...written, targets: { "behind-nginx": target }, loads: {} }));
          const { report } = await check(file, ["--only", "timeouts"]);
          const seen = cuts(report.checks).get("behind-nginx");
          expect(seen?.summary).toContain("the function went on and finished for nobody");
          expect(seen).toMatchObject({ verdict: "pass", measures: { declaredMs: 300, status: 504 } });
          // It says so beforehand, too: the proxy is in a hurry.
          const ordered = report.checks.find((one) => one.check === "timeouts-are-ordered");
          expect(ordered?.cause?.code).toBe("timeouts-inverted");
        } finally {
          await proxy.stop();
        }
      });
    },
  );

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
