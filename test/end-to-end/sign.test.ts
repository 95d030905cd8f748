import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningLab, runCli, startLabProcess } from "../support/cli.ts";
import { findTool } from "../support/tools.ts";

const curl = findTool("curl");

describe.skipIf(curl === null)("the command that sign shows, run by a shell against the lab", () => {
  let lab: RunningLab;
  beforeAll(async () => {
    lab = await startLabProcess();
  });
  afterAll(() => lab?.stop());

  async function tried(target: string, words: readonly string[] = []): Promise<string> {
    const { code, stdout, stderr } = await runCli(["sign", target, "-c", lab.config, ...words]);
    expect([code, stderr]).toEqual([0, ""]);
    // Not through a proxy that the developer may have.
    const env = { PATH: process.env["PATH"] ?? "", no_proxy: "*" };
    const ran = spawnSync("sh", ["-c", stdout], { encoding: "utf8", timeout: 20_000, env });
    expect(ran.stderr).toBe("");
    return ran.stdout;
  }

  test.each(["orders-direct", "orders-lattice", "orders-lattice-http", "orders-api", "signed-http"])(
    "is answered by %s: found by the config's resolver, trusted by its CA, authorized by the signature",
    async (target) => {
      expect(await tried(target)).toMatch(/^HTTP\/[\d.]+ 200/);
    },
  );

  test("carries method, headers and body of one's own", async () => {
    const words = ["--method", "POST", "--header", "content-type: application/json", "--body", `{"it's":"☕"}`];
    expect(await tried("orders-direct", words)).toContain(`{"it's":"☕"}`);
  });

  test("is refused when its time is another", async () => {
    expect(await tried("orders-direct", ["--at", "20200101T000000Z"])).toMatch(/^HTTP\/[\d.]+ 403/);
  });
});
