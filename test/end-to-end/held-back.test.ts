import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inFolder } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";
import { listenReplying, okReply } from "../support/listen.ts";

const program = join(import.meta.dirname, "../../dist/pathproof.mjs");

const stopMs = 250;
const runMs = 50;

/**
 * Holds processes back as a CPU quota does: it runs for 50 ms and stands still for 250. Stopping is exact and costs the
 * machine nothing, where burning its cores would be neither.
 */
function holdBack({ pid }: ChildProcess): () => void {
  const signal = (name: "SIGSTOP" | "SIGCONT"): void => {
    for (const group of groupsOf(pid)) {
      try {
        process.kill(-group, name);
      } catch {
        // It has ended.
      }
    }
  };
  const timer = setInterval(() => {
    signal("SIGSTOP");
    setTimeout(() => signal("SIGCONT"), stopMs);
  }, stopMs + runMs);
  return () => {
    clearInterval(timer);
    signal("SIGCONT");
  };
}

/** The program's own, and that of k6, which it starts in another. */
function groupsOf(pid: number | undefined): readonly number[] {
  if (pid === undefined) return [];
  const { stdout } = spawnSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  return [pid, ...stdout.split("\n").filter(Boolean).map(Number)];
}

async function run(engine: "node" | "k6", isHeld: boolean) {
  const { port } = await listenReplying(() => okReply());
  return inFolder(async (folder) => {
    const config = join(folder, "pathproof.json");
    const targets = { only: { kind: "http", url: `http://127.0.0.1:${port}`, auth: "none" } };
    const load = { engine, targets: ["only"], rate: "200/s", warmup: "1s", duration: "4s", thresholds: ["p50 < 10s"] };
    writeFileSync(config, JSON.stringify({ version: 1, targets, loads: { test: load } }));
    const out = join(folder, "run");
    // A group of its own, so that it can be held without us.
    const child = spawn(process.execPath, [program, "run", "test", "-c", config, "--out", out], {
      detached: true,
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    let release = (): void => undefined;
    // Once it loads, and not while it starts.
    if (isHeld) setTimeout(() => (release = holdBack(child)), 2500);
    const [code] = await ended;
    release();
    const report: unknown = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
    return { code, report };
  });
}

describe("a generator that is held back", () => {
  test.for(["node", "k6"] as const)(
    "%s is called saturated, and its run proves nothing",
    {
      timeout: k6BuildMs,
      retry: 2,
    },
    async (engine) => {
      if (engine === "k6" && (await realK6()) === null) return;
      const { code, report } = await run(engine, true);
      expect(report).toMatchObject({ verdict: "inconclusive", loads: [{ saturated: true }] });
      expect(code).toBe(4);
    },
  );

  // Again where the machine itself was busy: then it is called so, and rightly.
  test.for(["node", "k6"] as const)(
    "%s is not called so when it is left alone",
    {
      timeout: k6BuildMs,
      retry: 3,
    },
    async (engine) => {
      if (engine === "k6" && (await realK6()) === null) return;
      const { code, report } = await run(engine, false);
      expect(report).toMatchObject({ verdict: "pass", loads: [{ saturated: false }] });
      expect(code).toBe(0);
    },
  );
});
