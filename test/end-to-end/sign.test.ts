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

  test.each(["orders-direct", "orders-lattice", "orders-api", "signed-http"])(
    "is answered by %s with the signature in the query, and refused once it has expired",
    async (target) => {
      const run = async (words: readonly string[]) => {
        const { code, stdout } = await runCli(["sign", target, "-c", lab.config, "--presign", ...words]);
        expect(code).toBe(0);
        expect(stdout).not.toContain("authorization");
        expect(stdout).toMatch(/X-Amz-Security-Token=.*X-Amz-Signature=[0-9a-f]{64}/);
        const env = { PATH: process.env["PATH"] ?? "", no_proxy: "*" };
        return spawnSync("sh", ["-c", stdout], { encoding: "utf8", timeout: 20_000, env }).stdout;
      };
      expect(await run(["--expires", "5m"])).toMatch(/^HTTP\/[\d.]+ 200/);
      expect(await run(["--at", "20200101T000000Z", "--expires", "168h"])).toMatch(/^HTTP\/[\d.]+ 403/);
    },
  );

  test("says until when it is good, and where nobody knows whether it is taken", async () => {
    const words = ["-c", lab.config, "--presign", "--json", "--at", "20261123T101112Z"];
    const { stdout, stderr } = await runCli(["sign", "orders-api", ...words]);
    const shown = JSON.parse(stdout);
    expect(shown).toMatchObject({ method: "GET", expiresAt: "2026-11-23T10:12:12.000Z" });
    expect(shown.url).toMatch(
      /[?&]X-Amz-Date=20261123T101112Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=/,
    );
    expect(stderr).toMatch(/signature in the query is taken .* is not confirmed; `pathproof check orders-api/);
    expect((await runCli(["sign", "orders-direct", ...words])).stderr).toBe("");
  });

  test.each([
    [["--expires", "60s"], "it takes --presign"],
    [["--presign", "--expires", "60"], 'expected whole seconds from 1s to 168h, such as 60s, got "60"'],
    [["--presign", "--expires", "200h"], "expected whole seconds from 1s to 168h"],
  ])("%j is told", async (words, says) => {
    const { code, stderr } = await runCli(["sign", "orders-api", "-c", lab.config, ...words]);
    expect([code, stderr.includes(says)]).toEqual([2, true]);
  });
});
