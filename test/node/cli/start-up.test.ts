import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { program } from "../../support/cli.ts";

test("help pays for no part of Node that only some commands use", () => {
  const script = `
    process.argv.splice(1, 0, "pathproof", "--help");
    process.once("exit", () => console.error(JSON.stringify(process.moduleLoadList)));
    await import(${JSON.stringify(pathToFileURL(program).href)});`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script, "--"], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(stdout).toContain("Usage: pathproof");
  const loaded: readonly string[] = JSON.parse(stderr);
  expect(loaded.length).toBeGreaterThan(10);
  const some = ["http2", "tls", "dns/promises", "worker_threads", "readline/promises", "https"];
  expect(loaded.filter((name) => some.includes(name.replace("NativeModule ", "")))).toEqual([]);
});
