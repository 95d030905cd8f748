import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { program, runCli } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";

// Killed at random moments, some before anything was begun, some while documents are written. `PATHPROOF_KILLS` says how often;
// what CI has time for is the default. The moments follow from the seed.
const kills = Number(process.env["PATHPROOF_KILLS"] ?? "48");
const seed = Number(process.env["PATHPROOF_KILL_SEED"] ?? "1");

const scratch = mkdtempSync(join(tmpdir(), "pathproof-killed-test-"));
const temporary = join(scratch, "tmp");
const config = join(scratch, "pathproof.yaml");
let server: Server;

beforeAll(async () => {
  mkdirSync(temporary);
  server = createServer((_, response) => setTimeout(() => response.end("ok"), 2)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const load = (engine: string) =>
    `  ${engine}: { engine: ${engine}, targets: [here], rate: 300/s, duration: 2s, thresholds: ["p99 < 10s"] }`;
  writeFileSync(
    config,
    [
      "version: 1",
      "region: eu-west-1",
      `targets: { here: { kind: http, url: "http://127.0.0.1:${address.port}", auth: none } }`,
      "loads:",
      load("node"),
      load("k6"),
      "",
    ].join("\n"),
  );
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(scratch, { recursive: true });
});

/** Always the same numbers in [0, 1). */
function numbers(from: number): () => number {
  let state = from;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const environment = (k6 = "/no/k6"): Readonly<Record<string, string>> => ({ TMPDIR: temporary, PATHPROOF_K6: k6 });

async function kill(words: readonly string[], afterMs: number, k6: string | undefined): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [program, ...words], {
    cwd: scratch,
    env: { PATH: process.env["PATH"] ?? "", HOME: scratch, AWS_EC2_METADATA_DISABLED: "true", ...environment(k6) },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  await Promise.race([ended, pause(afterMs)]);
  child.kill("SIGKILL");
  await ended;
}

/** Processes that were started with our folder for temporary files. */
const living = (): readonly string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(temporary);
      } catch {
        return false;
      }
    })
    .map((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "));

async function noneLiving(withinMs: number): Promise<readonly string[]> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(100))
    if (living().length === 0) return [];
  return living();
}

interface Left {
  readonly begun: boolean;
  readonly code: number | null;
  readonly stderr: string;
}

/** What `report` makes of what a killed run left. */
async function reportOf(out: string): Promise<Left> {
  const file = join(scratch, out, "observations.ndjson");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (!before.includes("\n")) return { begun: false, code: null, stderr: "" };
  const { code, stderr } = await runCli(["report", out], { cwd: scratch, env: environment() });
  // Rendered where it lies, it keeps every byte of what was observed, and no draft of a document stays.
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readdirSync(join(scratch, out)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  expect(existsSync(join(scratch, out, "report.html"))).toBe(true);
  return { begun: true, code, stderr };
}

const ways: readonly (readonly [name: string, words: readonly string[], share: number, longestMs: number])[] = [
  ["check", ["check"], 0.3, 900],
  ["run --engine node", ["run", "node", "--quiet"], 0.45, 3000],
  ["run --engine k6", ["run", "k6", "--quiet"], 0.25, 4200],
];

describe.skipIf(process.platform !== "linux")("killed at any moment", () => {
  test.each(ways)(
    "%s leaves what was observed to be read",
    { timeout: k6BuildMs, retry: 0 },
    async (name, words, share, longestMs) => {
      const k6 = words.includes("k6") ? await realK6() : null;
      if (words.includes("k6") && k6 === null) return;
      const next = numbers(seed + name.length);
      const moments = Array.from({ length: Math.ceil(kills * share) }, () => 100 + next() * longestMs);
      const left: Left[] = [];
      // Two at a time: a machine of two cores has little else to do.
      for (let at = 0; at < moments.length; at += 2) {
        const some = moments.slice(at, at + 2).map(async (afterMs, index) => {
          const out = `${words.join("-").replace(/\W+/g, "-")}-${at + index}`;
          await kill([...words, "-c", config, "--out", out, "--yes"], afterMs, k6?.path);
          return reportOf(out);
        });
        left.push(...(await Promise.all(some)));
      }
      // k6 dies by itself when nobody reads what it writes.
      expect(await noneLiving(5000)).toEqual([]);
      const begun = left.filter((one) => one.begun);
      expect(begun.length).toBeGreaterThan(0);
      for (const { code, stderr } of begun) {
        // 130: interrupted, which no killed run can help being; 0, 1 or 4: it had come to its end before it was killed.
        expect([0, 1, 4, 130]).toContain(code);
        expect(stderr).not.toContain("a fault of pathproof itself");
      }
    },
  );

  test("and whoever starts next takes away what was left in the folder for temporary files", async () => {
    const { code } = await runCli(["run", "node", "--quiet", "-c", config, "--out", "last"], {
      cwd: scratch,
      env: environment(),
    });
    // A busy machine may make it inconclusive.
    expect([0, 4]).toContain(code);
    expect(readdirSync(temporary).filter((name) => name.startsWith("pathproof-"))).toEqual([]);
  });
});
