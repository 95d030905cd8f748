import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { RunReport } from "#core/reporters/run-report.ts";
import { inFolder, runCli, startLabProcess } from "../support/cli.ts";

test("the lab's Lattice ends busy connections at a hundredth of its ten minutes, and that is found", async () => {
  const lab = await startLabProcess(["--time-scale", "0.01"]);
  try {
    await inFolder(async (folder) => {
      // Of one of the two the config says that connections may become older.
      const config = parse(readFileSync(lab.config, "utf8"));
      config.targets["orders-lattice-open"].timeouts.lifetime = "60s";
      const file = join(dirname(lab.config), "older.yaml");
      writeFileSync(file, stringify(config));
      const targets = ["orders-lattice-http", "orders-lattice-open"];
      const words = ["keepalive", ...targets, "-c", file, "--only", "age", "--max-age", "8s"];
      const { stdout, code } = await runCli([...words, "--json", "--quiet", "--out", folder], { env: lab.env });
      const report: RunReport = JSON.parse(stdout);
      expect(code).toBe(1);
      for (const { age } of report.keepalive ?? []) {
        expect(age).toMatchObject([{ end: "fin", byAge: true }]);
        expect(age[0]?.endedMs).toBeGreaterThan(5500);
        expect(age[0]?.endedMs).toBeLessThan(7500);
      }
      const aged = report.checks.filter(({ check }) => check === "connections-age-as-expected");
      expect(aged.map(({ target, cause }) => [target, cause?.code])).toEqual([
        ["orders-lattice-http", undefined],
        ["orders-lattice-open", "connection-lifetime"],
      ]);
    });
  } finally {
    await lab.stop();
  }
}, 60_000);
