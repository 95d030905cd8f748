import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Exchange } from "#core/observations/exchange.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { everyPeer, floods } from "../support/hostile/every-peer.ts";
import { runMeasured, unprintable } from "../support/hostile/run-measured.ts";
import { madeUpKeys, type ServedPeers, servePeers, totalMs } from "../support/hostile/serve-peers.ts";

const folder = mkdtempSync(join(tmpdir(), "pathproof-hostile-"));
let peers: ServedPeers;
beforeAll(async () => {
  peers = await servePeers(folder);
});
afterAll(async () => {
  await peers.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a busy machine takes on top of a deadline. */
const slackMs = 8000;

const written = (run: string, name: string): string => readFileSync(join(folder, run, name), "utf8");
const reportOf = (run: string): RunReport => JSON.parse(written(run, "report.json"));

/** Whatever peers sent is shown as text: none of it could do more than be read. */
function expectHarmless(run: string, said: string): void {
  for (const name of ["report.html", "junit.xml", "summary.md"]) {
    const text = written(run, name);
    expect([name, ...unprintable(text)]).toEqual([name]);
    expect(text).not.toMatch(/<script>alert|<img src=x/);
  }
  expect(unprintable(said)).toEqual([]);
}

describe("all hostile peers at once", () => {
  test("fail their checks, each for a cause of its own, in time and in little memory", {
    timeout: 120_000,
  }, async () => {
    writeFileSync(join(folder, "check.yaml"), peers.config(""));
    const ended = await runMeasured(["check", "-c", "check.yaml", "--out", "check"], {
      cwd: folder,
      env: madeUpKeys,
      withinMs: 90_000,
    });
    expect([ended.code, ended.stderr]).toEqual([1, expect.not.stringMatching(/^ +at |Error:/m)]);
    const { checks } = reportOf("check");
    const named = everyPeer.map((one) => {
      const own = checks.filter(({ target }) => target === one.id);
      const failed =
        own.find(({ verdict }) => verdict === "fail") ?? own.find(({ verdict }) => verdict === "inconclusive");
      const may = [...one.peer.causes, ...(floods(one) ? ["response-timeout"] : [])];
      return { id: one.id, code: failed?.cause?.code ?? null, may };
    });
    // The machine itself may be too slow for a few of them, and then says so.
    const slow = named.filter(({ code }) => code === "generator-saturated");
    expect(slow.length).toBeLessThan(6);
    const others = named.filter((one) => !slow.includes(one));
    expect(others.filter(({ code, may }) => code === null || !may.includes(code))).toEqual([]);
    const exchanges: Exchange[] = written("check", "observations.ndjson")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter((line) => "outcome" in line);
    expect(exchanges.filter(({ phases }) => phases.totalMs > totalMs + slackMs)).toEqual([]);
    expect(ended.residentMib).toBeLessThan(450);
    expectHarmless("check", ended.stdout + ended.stderr);
  });
});
