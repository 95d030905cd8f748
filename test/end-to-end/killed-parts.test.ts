import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { runCli } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";
import { eventually, livingWith, numbersFrom, startVictim } from "../support/killing.ts";

// Not pathproof is killed here but what works for it: k6, or a thread that sends. `PATHPROOF_KILLS` says how often, as it does
// beside (killed.test.ts); the moments follow from the seed.
const kills = Number(process.env["PATHPROOF_KILLS"] ?? "36");
const next = numbersFrom(Number(process.env["PATHPROOF_KILL_SEED"] ?? "1"));

const scratch = mkdtempSync(join(tmpdir(), "pathproof-parts-test-"));
const config = join(scratch, "pathproof.yaml");
let server: Server;
let answered = 0;
/** It answers so many, and is silent from then on. */
let answersMax = Number.POSITIVE_INFINITY;

beforeAll(async () => {
  server = createServer((_, response) => {
    if (answered >= answersMax) return;
    answered += 1;
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const target = `{ kind: http, url: "http://127.0.0.1:${address.port}", auth: none }`;
  const load = (engine: string) =>
    `  ${engine}: { engine: ${engine}, targets: [here], rate: 200/s, duration: 20s, thresholds: ["p99 < 10s"] }`;
  writeFileSync(
    config,
    ["version: 1", "targets:", `  here: ${target}`, `  there: ${target}`, "loads:", load("node"), load("k6"), ""].join(
      "\n",
    ),
  );
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(scratch, { recursive: true });
});

interface Outcome {
  /** The folder's name. */
  readonly out: string;
  readonly code: number | null;
  readonly stderr: string;
  /** Null where none was left. */
  readonly report: RunReport | null;
}

function outcomeIn(out: string, code: number | null, stderr: string): Outcome {
  const file = join(scratch, out, "report.json");
  const report: RunReport | null = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  return { out, code, stderr, report };
}

/** Either nothing was sent, and nothing is left; or all that was measured is, and says what it lacks. */
async function mustBeHonest({ out, code, stderr, report }: Outcome, says: RegExp): Promise<void> {
  expect(report === null ? stderr : JSON.stringify(report)).toMatch(says);
  expect(stderr).not.toMatch(/a fault of pathproof itself|^ +at /m);
  if (report === null) {
    expect(code, stderr).toBe(3);
    expect(existsSync(join(scratch, out))).toBe(false);
    return;
  }
  expect(code, stderr).toBe(4);
  expect(report).toMatchObject({ verdict: "inconclusive", interrupted: false });
  const again = await runCli(["report", join(scratch, out), "--json", "--out", join(scratch, `${out}-again`)]);
  expect(JSON.parse(again.stdout)).toEqual(report);
}

describe("a loading thread that dies", () => {
  const compare = ["compare", "here", "there", "--rate", "100/s", "--duration", "12s", "--block", "500ms"];

  async function dying(how: string, afterMs: number, words: readonly string[]): Promise<Outcome> {
    const out = `${how}-${words[0]}-${Math.round(afterMs)}`;
    const preload = pathToFileURL(join(import.meta.dirname, "../support/dying-worker.mjs")).href;
    const { code, stderr } = await runCli([...words, "-c", config, "--yes", "--out", out], {
      cwd: scratch,
      env: { NODE_OPTIONS: `--import ${preload}`, PATHPROOF_TEST_DYING: `${how} ${Math.round(afterMs)}` },
    });
    return outcomeIn(out, code, stderr);
  }

  test.each([
    ["exits", /ended before its time, with code 7/],
    ["throws", /a fault of its own/],
    ["is-terminated", /ended before its time, with code/],
    ["runs-out-of-memory", /out of memory/],
  ])(
    "because it %s ends the load, which says so and keeps what was measured",
    { timeout: 180_000, retry: 0 },
    async (how, says) => {
      answersMax = Number.POSITIVE_INFINITY;
      // Before its first request, and at any moment after.
      const moments = Array.from({ length: Math.ceil(kills / 36) }, () => 300 + next() * 2500);
      for (const pair of moments.map((moment, index) => [index + 1, moment])) {
        const outcomes = await Promise.all(
          pair.flatMap((afterMs) => [
            dying(how, afterMs, ["run", "node", "--threads", "2"]),
            dying(how, afterMs, compare),
          ]),
        );
        for (const outcome of outcomes) await mustBeHonest(outcome, says);
      }
    },
  );
});

describe.skipIf(process.platform !== "linux")("k6 that is killed", () => {
  const compare = ["compare", "here", "there", "--engine", "k6", "--rate", "100/s", "--duration", "12s"];

  /** Kills the first k6 that is called so, a while after it has come. */
  async function killing(out: string, words: readonly string[], called: string, when: () => Promise<unknown>) {
    const k6 = await realK6();
    if (k6 === null) return null;
    const temporary = join(scratch, `tmp-${out}`);
    mkdirSync(temporary);
    const victim = startVictim([...words, "-c", config, "--yes", "--out", out], scratch, {
      TMPDIR: temporary,
      PATHPROOF_K6: k6.path,
    });
    const { pid } = await eventually(() => livingWith(temporary).find(({ command }) => command.includes(called)));
    await when();
    process.kill(pid, "SIGKILL");
    const killedAt = performance.now();
    const code = await Promise.race([victim.ended, pause(30_000, "still there" as const, { ref: false })]);
    if (code === "still there") {
      victim.child.kill("SIGKILL");
      throw new Error(`pathproof had not ended ${performance.now() - killedAt} ms after its k6 was killed`);
    }
    expect(livingWith(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    return outcomeIn(out, code, victim.stderr());
  }

  test.each([
    ["run", ["run", "k6", "--quiet"]],
    ["compare", [...compare, "--quiet"]],
  ])(
    "at any moment, ends %s, which says so and keeps what was measured",
    {
      timeout: k6BuildMs,
      retry: 0,
    },
    async (name, words) => {
      answersMax = Number.POSITIVE_INFINITY;
      const moments = Array.from({ length: Math.ceil(kills / 36) }, () => next() * 3000);
      for (const [index, afterMs] of [0, ...moments].entries()) {
        const outcome = await killing(`${name}-${index}`, words, " run --quiet ", () => pause(afterMs));
        if (outcome !== null) await mustBeHonest(outcome, /k6 was killed by SIGKILL/);
      }
    },
  );

  test("while its target stalls, is not waited for", { timeout: k6BuildMs, retry: 0 }, async () => {
    answered = 0;
    answersMax = 100;
    const outcome = await killing("stalled", ["run", "k6"], " run --quiet ", async () => {
      await eventually(() => (answered === 100 ? answered : null));
      await pause(1000);
    });
    if (outcome === null) return;
    await mustBeHonest(outcome, /k6 was killed by SIGKILL/);
    expect(outcome.report?.loads[0]?.requests).toBe(100);
  });

  test("while it reads the scenario, is no fault of the scenario", { timeout: k6BuildMs, retry: 0 }, async () => {
    const outcome = await killing("inspected", ["run", "k6"], " inspect ", async () => undefined);
    if (outcome === null) return;
    await mustBeHonest(outcome, /k6 was killed by SIGKILL/);
    expect(outcome.report).toBeNull();
  });
});
