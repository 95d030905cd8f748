import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { inFolder, runCli, startLabProcess } from "../support/cli.ts";

/** Resolves once a few exchanges have been saved. */
async function underWay(file: string): Promise<void> {
  while (!existsSync(file) || readFileSync(file, "utf8").split("\n").length < 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle leaves a valid report of what was done, and exits 130",
  async (signal) => {
    // Targets that never answer keep the run busy until it is stopped.
    const lab = await startLabProcess(["--fault", "response-timeout"]);
    try {
      await inFolder(async (folder) => {
        const out = join(folder, "run");
        const startedAt = Date.now();
        const { code, stdout } = await runCli(["check", "-c", lab.config, "--out", out, "--json", "--quiet"], {
          started: (child) => void underWay(join(out, "observations.ndjson")).then(() => child.kill(signal)),
        });
        expect(code).toBe(130);
        expect(Date.now() - startedAt).toBeLessThan(20_000);
        const report: RunReport = JSON.parse(stdout);
        expect(report.interrupted).toBe(true);
        expect(JSON.parse(readFileSync(join(out, "report.json"), "utf8"))).toEqual(report);
        expect(report.checks.some(({ verdict }) => verdict === "pass")).toBe(true);
        expect(
          report.checks.some(({ verdict, summary }) => verdict === "skipped" && summary.includes("interrupted")),
        ).toBe(true);
        for (const line of readFileSync(join(out, "observations.ndjson"), "utf8").trim().split("\n")) JSON.parse(line);
      });
    } finally {
      await lab.stop();
    }
  },
);

test("Ctrl-C told twice in the same moment, as npm does it, is one Ctrl-C, and it is answered", async () => {
  const lab = await startLabProcess(["--fault", "response-timeout"]);
  try {
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const { code, stderr } = await runCli(["check", "-c", lab.config, "--out", out], {
        started: (child) =>
          void underWay(join(out, "observations.ndjson")).then(() => {
            child.kill("SIGINT");
            setTimeout(() => child.kill("SIGINT"), 20);
          }),
      });
      expect(code).toBe(130);
      expect(stderr).toContain("pathproof: stopping, to report what was seen so far");
      expect(JSON.parse(readFileSync(join(out, "report.json"), "utf8")).interrupted).toBe(true);
    });
  } finally {
    await lab.stop();
  }
});

test.each([
  ["run", ["run", "closed-node"]],
  ["compare", ["compare", "plain", "orders-alb"]],
])("Ctrl-C before the first request of %s is one too: 130, not a fault of the environment", async (_, words) => {
  const lab = await startLabProcess();
  try {
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const begun = async (): Promise<void> => {
        while (!existsSync(join(out, "observations.ndjson"))) await new Promise((resolve) => setTimeout(resolve, 2));
      };
      const { code, stderr } = await runCli([...words, "-c", lab.config, "--out", out, "--quiet"], {
        // Threads are only just being made.
        started: (child) => void begun().then(() => child.kill("SIGINT")),
      });
      expect(code, stderr).toBe(130);
    });
  } finally {
    await lab.stop();
  }
});
