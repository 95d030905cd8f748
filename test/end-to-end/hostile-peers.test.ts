import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findCause } from "#core/causes/index.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { makeAuthority } from "../support/certificates.ts";
import { everyPeer, floods, type ListedPeer } from "../support/hostile/every-peer.ts";
import { nastyText } from "../support/hostile/http1-peers.ts";
import { type Measured, runMeasured, unprintable } from "../support/hostile/run-measured.ts";
import { madeUpKeys, type ServedPeers, servePeers, totalMs } from "../support/hostile/serve-peers.ts";
import { realK6 } from "../support/k6.ts";
import { listenTls } from "../support/listen.ts";

const k6 = await realK6();
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

interface Load {
  readonly engine: "node" | "k6";
  readonly duration: string;
  readonly rate?: string;
  readonly connections?: number;
  readonly targets?: readonly string[];
}

const everyId = everyPeer.map(({ id }) => id);

function runLoad(name: string, load: Load): Promise<Measured> {
  writeFileSync(
    join(folder, `${name}.yaml`),
    peers.config(`loads: ${JSON.stringify({ [name]: { targets: everyId, ...load } })}\n`),
  );
  return runMeasured(["run", name, "-c", `${name}.yaml`, "--out", name], {
    cwd: folder,
    env: { ...madeUpKeys, ...(k6 === null ? {} : { PATHPROOF_K6: k6.path }) },
    withinMs: 100_000,
  });
}

/** Answers that HTTP finds nothing wrong with, up to their ends. */
const isWhole = ({ peer: { name } }: ListedPeer): boolean =>
  ["more than was announced", "a bomb of gzip", "a text that is not what its encoding says"].includes(name);

/** What Go repairs where others refuse it. */
const isTaken = (one: ListedPeer): boolean =>
  isWhole(one) || ["bare line ends", "folded headers", "a length and chunks"].includes(one.peer.name);

/** Every request came to an end that the catalogue knows; with those of `mayPass`, that may be a success. */
function expectCounted(run: string, mayPass: (id: string) => boolean, targets = everyId): void {
  const { loads } = reportOf(run);
  expect(loads?.map(({ target }) => target)).toEqual(targets);
  for (const { target, requests, failures } of loads ?? []) {
    const counts = Object.entries(failures ?? {});
    const failed = counts.reduce((sum, [, count]) => sum + count, 0);
    expect([target, failed === requests || mayPass(target)]).toEqual([target, true]);
    expect(counts.filter(([code]) => findCause(code) === null)).toEqual([]);
  }
  // What is under way when a load that has failed is stopped is not counted.
  expect(loads?.filter(({ requests }) => requests > 0).length).toBeGreaterThan(targets.length / 2);
}

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

  test("fail a load of the Node engine, which ends in time and counts them by kind", { timeout: 120_000 }, async () => {
    const ended = await runLoad("node", { engine: "node", rate: "2/s", duration: "3s" });
    expect([ended.code, ended.stderr]).toEqual([1, expect.not.stringMatching(/^ +at |Error:/m)]);
    expect(ended.elapsedMs).toBeLessThan(3000 + 2 * totalMs + 4 * slackMs);
    // Of which two thirds are the histograms of a hundred targets.
    expect(ended.residentMib).toBeLessThan(700);
    expectCounted("node", (id) => everyPeer.some((one) => one.id === id && isWhole(one)));
    expectHarmless("node", ended.stdout + ended.stderr);
  });

  test("of HTTP/2 end no thread of the Node engine, however many of their sessions break", {
    timeout: 120_000,
  }, async () => {
    const targets = everyPeer.filter(({ speaks }) => speaks === "h2").map(({ id }) => id);
    const ended = await runLoad("h2", { engine: "node", connections: 20, duration: "3s", targets });
    expect([ended.code, ended.stderr]).toEqual([1, expect.not.stringMatching(/^ +at |Error:|Assertion/m)]);
    expectCounted("h2", () => false, targets);
  });

  const answerable = everyPeer.filter(({ kind }) => kind === "http");
  test.skipIf(k6 === null).each([
    ["in the clear and at the handshake", answerable.filter(({ speaks }) => speaks !== "h2")],
    ["of HTTP/2", answerable.filter(({ speaks }) => speaks === "h2")],
  ])("%s fail a load of k6, which ends in time and counts them by kind", { timeout: 120_000 }, async (_, listed) => {
    const targets = listed.map(({ id }) => id);
    const ended = await runLoad("k6", { engine: "k6", rate: "1/s", duration: "2s", targets });
    expect([ended.code, ended.stderr]).toEqual([1, expect.not.stringMatching(/^ +at |Error:|panic|goroutine/m)]);
    expect(ended.elapsedMs).toBeLessThan(2000 + 2 * totalMs + 4 * slackMs);
    // Of pathproof alone: k6 is a process of its own.
    expect(ended.residentMib).toBeLessThan(500);
    expectCounted("k6", (id) => everyPeer.some((one) => one.id === id && isTaken(one)), targets);
    expectHarmless("k6", ended.stdout + ended.stderr);
  });

  test("show a certificate's names as text, whatever is in them", { timeout: 60_000 }, async () => {
    const authority = await makeAuthority("CN=<script>alert(1)</script>\u001b[2J");
    const { cert, key } = await authority.issue({ names: [`${nastyText.replaceAll(/[^\x00-\x7f]/g, "")}.test`] });
    const { port } = await listenTls({ cert, key }, (socket) => socket.on("error", () => {}));
    writeFileSync(join(folder, "names.pem"), authority.cert);
    writeFileSync(
      join(folder, "names.yaml"),
      `version: 1
network: { ca: ./names.pem, resolve: { orders.test: 127.0.0.1 } }
targets: { names: { kind: http, url: "https://orders.test:${port}", auth: none } }
`,
    );
    const ended = await runMeasured(["check", "-c", "names.yaml", "--out", "names"], { cwd: folder });
    expect(ended.code).toBe(1);
    const failed = reportOf("names").checks.find(({ verdict }) => verdict === "fail");
    expect(failed?.cause?.code).toBe("tls-name-mismatch");
    expect(failed?.cause?.evidence.join()).toContain("alert(1)");
    expectHarmless("names", ended.stdout + ended.stderr);
  });
});
