import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";
import { eventually, filesWith, livingWith, numbersFrom, startVictim, survivorsOf } from "../support/killing.ts";

// Killed at random moments, some before anything was begun, some while documents are written. `PATHPROOF_KILLS` says how often;
// what CI has time for is the default. The moments follow from the seed.
const kills = Number(process.env["PATHPROOF_KILLS"] ?? "36");
const seed = Number(process.env["PATHPROOF_KILL_SEED"] ?? "1");

const scratch = mkdtempSync(join(tmpdir(), "pathproof-killed-test-"));
const temporary = join(scratch, "tmp");
const config = join(scratch, "pathproof.yaml");
const secrets = { key: "killed/secret+key/of/40/letters/made/up+", token: "killed//token==of+a+session+made+up" };
const traces = [secrets.key, secrets.token, encodeURIComponent(secrets.token), /Signature=[0-9a-f]{64}/i];
/** Answers after two milliseconds, but for what is asked under `/never`. */
let server: Server;

beforeAll(async () => {
  mkdirSync(temporary);
  server = createServer(({ url }, response) => {
    if (url !== "/never") setTimeout(() => response.end("ok"), 2);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const target = (rest: string) => `{ kind: http, url: "http://127.0.0.1:${address.port}", ${rest} }`;
  const load = (engine: string, targets: string, name = engine) =>
    `  ${name}: { engine: ${engine}, targets: [${targets}], rate: 300/s, duration: 2s, thresholds: ["p99 < 10s"] }`;
  writeFileSync(
    config,
    [
      "version: 1",
      "region: eu-west-1",
      "targets:",
      `  here: ${target("auth: none")}`,
      `  signed: ${target("auth: iam, service: orders")}`,
      `  silent: ${target("auth: none, request: { path: /never }")}`,
      "loads:",
      load("node", "here"),
      load("k6", "here, signed"),
      load("k6", "silent", "stalled"),
      "",
    ].join("\n"),
  );
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(scratch, { recursive: true });
});

const environment = (k6 = "/no/k6"): Readonly<Record<string, string>> => ({
  TMPDIR: temporary,
  PATHPROOF_K6: k6,
  AWS_ACCESS_KEY_ID: "AKIDKILLED",
  AWS_SECRET_ACCESS_KEY: secrets.key,
  AWS_SESSION_TOKEN: secrets.token,
});

const linesIn = (out: string): number => {
  const file = join(scratch, out, "observations.ndjson");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 1 : 0;
};

interface Moment {
  /** Counted from the start, or from when so many lines were observed: a busy machine begins when it can. */
  readonly fromLine: number;
  readonly afterMs: number;
}

async function kill(words: readonly string[], out: string, { fromLine, afterMs }: Moment, k6: string | undefined) {
  const { child, ended } = startVictim([...words, "-c", config, "--out", out, "--yes"], scratch, environment(k6));
  await eventually(() => (linesIn(out) >= fromLine || child.exitCode !== null ? true : null));
  await Promise.race([ended, pause(afterMs)]);
  child.kill("SIGKILL");
  await ended;
}

interface Left {
  readonly begun: boolean;
  /** Lines behind the first: exchanges, tallies, blocks. */
  readonly lines: number;
  readonly code: number | null;
  readonly stderr: string;
}

/** What `report` makes of what a killed run left. */
async function reportOf(out: string): Promise<Left> {
  const file = join(scratch, out, "observations.ndjson");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (!before.includes("\n")) return { begun: false, lines: 0, code: null, stderr: "" };
  const { code, stderr } = await runCli(["report", out], { cwd: scratch, env: environment() });
  // Rendered where it lies, it keeps every byte of what was observed, and no draft of a document stays.
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readdirSync(join(scratch, out)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  expect(existsSync(join(scratch, out, "report.html"))).toBe(true);
  return { begun: true, lines: before.split("\n").length - 2, code, stderr };
}

const pair = ["compare", "here", "signed", "--rate", "50/s", "--duration", "3s", "--block", "250ms"];

interface Way {
  readonly words: readonly string[];
  /** Of all kills. */
  readonly share: number;
  readonly longestMs: number;
  readonly k6?: true;
}

const ways: Readonly<Record<string, Way>> = {
  check: { words: ["check", "here", "signed"], share: 0.2, longestMs: 900 },
  keepalive: { words: ["keepalive", "here", "--max-idle", "1s", "--quiet"], share: 0.15, longestMs: 2000 },
  "run --engine node": { words: ["run", "node", "--quiet"], share: 0.25, longestMs: 3000 },
  "run --engine k6": { words: ["run", "k6", "--quiet"], share: 0.15, longestMs: 4200, k6: true },
  "compare --engine node": { words: [...pair, "--quiet"], share: 0.15, longestMs: 4500 },
  "compare --engine k6": { words: [...pair, "--engine", "k6", "--quiet"], share: 0.1, longestMs: 6000, k6: true },
};

describe.skipIf(process.platform !== "linux")("killed at any moment", () => {
  test.each(Object.entries(ways))(
    "%s leaves what was observed to be read",
    { timeout: k6BuildMs, retry: 0 },
    async (name, { words, share, longestMs, k6: needsK6 }) => {
      const k6 = needsK6 ? await realK6() : null;
      if (needsK6 && k6 === null) return;
      const next = numbersFrom(seed + name.length);
      const moments = Array.from({ length: Math.ceil(kills * share) }, (_, index): Moment => {
        const fromLine = index % 3;
        return { fromLine, afterMs: fromLine === 0 ? 100 + next() * longestMs : 0.7 * next() * longestMs };
      });
      const left: Left[] = [];
      // Two at a time: a machine of two cores has little else to do.
      for (let at = 0; at < moments.length; at += 2) {
        const some = moments.slice(at, at + 2).map(async (moment, index) => {
          const out = `${name.replace(/\W+/g, "-")}-${at + index}`;
          await kill(words, out, moment, k6?.path);
          // Nobody was left to tidy up, so whatever is there now stays until the next start.
          expect(filesWith(scratch, traces)).toEqual([]);
          return reportOf(out);
        });
        left.push(...(await Promise.all(some)));
      }
      // k6 dies by itself when nobody reads what it writes.
      expect(await survivorsOf(temporary, 5000)).toEqual([]);
      const begun = left.filter((one) => one.begun);
      expect(Math.max(...begun.map(({ lines }) => lines))).toBeGreaterThan(0);
      for (const { code, stderr } of begun) {
        // 130: interrupted, which no killed run can help being; 0, 1 or 4: it had come to its end before it was killed.
        expect([0, 1, 4, 130]).toContain(code);
        expect(stderr).not.toContain("a fault of pathproof itself");
      }
    },
  );

  test("leaves no k6 behind that waits for answers", { timeout: k6BuildMs, retry: 0 }, async () => {
    const k6 = await realK6();
    if (k6 === null) return;
    const words = ["run", "stalled", "--quiet", "-c", config, "--out", "stalled"];
    const { child, ended } = startVictim(words, scratch, environment(k6.path));
    await eventually(() => livingWith(temporary).find(({ command }) => command.includes(" run --quiet ")));
    // Requests wait for thirty seconds; it is killed while nothing comes of any.
    await pause(1500);
    child.kill("SIGKILL");
    await ended;
    expect(await survivorsOf(temporary, 5000)).toEqual([]);
  });

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
