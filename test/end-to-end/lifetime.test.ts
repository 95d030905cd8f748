import { expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { inFolder, runCli, startLabProcess } from "../support/cli.ts";

test("the lab's Lattice ends busy connections at a hundredth of its ten minutes, and that is found", async () => {
  const lab = await startLabProcess(["--time-scale", "0.01"]);
  try {
    await inFolder(async (folder) => {
      const words = ["keepalive", "orders-lattice-http", "-c", lab.config, "--only", "age", "--max-age", "8s"];
      const { stdout, code } = await runCli([...words, "--json", "--quiet", "--out", folder], { env: lab.env });
      const report: RunReport = JSON.parse(stdout);
      expect(code).toBe(0);
      expect(report.keepalive?.[0]?.age).toMatchObject([{ end: "fin", byAge: true }]);
      expect(report.keepalive?.[0]?.age[0]?.endedMs).toBeGreaterThan(5500);
      expect(report.keepalive?.[0]?.age[0]?.endedMs).toBeLessThan(7500);
    });
  } finally {
    await lab.stop();
  }
}, 60_000);
