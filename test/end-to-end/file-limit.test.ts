import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { inFolder, program } from "../support/cli.ts";
import { portOf } from "../support/listen.ts";

interface Failed {
  readonly code: number;
  readonly stdout: string;
}

const isFailed = (error: unknown): error is Failed => error instanceof Error && "code" in error && "stdout" in error;

test("a process that may open no more files says so, and blames no path", async () => {
  // Slow, so that connections to all targets are open at the same time.
  const server = createServer((_, response) => void setTimeout(() => response.end("tea"), 500));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await inFolder(async (folder) => {
    const config = join(folder, "pathproof.json");
    const target = { kind: "http", url: `http://127.0.0.1:${portOf(server)}` };
    const targets = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`tea-${index}`, target]));
    writeFileSync(config, JSON.stringify({ version: 1, targets }));
    const words = [process.execPath, program, "check", "-c", config, "--json", "--quiet", "--out", join(folder, "run")];
    // Some twenty are open before the first connection.
    const failed: unknown = await promisify(execFile)("/bin/sh", ["-c", 'ulimit -n 40; exec "$@"', "sh", ...words], {
      env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true" },
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: unknown) => error);
    if (!isFailed(failed)) throw new Error(`it did not run into the limit: ${String(failed)}`);
    const { checks }: RunReport = JSON.parse(failed.stdout);
    expect([failed.code, ...new Set(checks.flatMap(({ cause }) => cause?.code ?? []))]).toEqual([3, "file-limit"]);
    expect(checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
  });
}, 90_000);
