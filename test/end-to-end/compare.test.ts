import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import type { ReportedComparison } from "#core/reporters/reported-comparison.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { type CliOptions, inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";

const found: { k6: string | null; lab: RunningLab | null } = { k6: null, lab: null };
beforeAll(async () => {
  found.lab = await startLabProcess();
});
beforeAll(async () => {
  found.k6 = (await realK6())?.path ?? null;
}, k6BuildMs);
afterAll(() => found.lab?.stop());

/** The lab's plain server under several names, each asked to answer after so long; and signed paths as they are. */
function labConfig(delays: Readonly<Record<string, string>>): string {
  if (found.lab === null) throw new Error("no lab");
  const lab = parse(readFileSync(found.lab.config, "utf8"));
  const targets = Object.fromEntries(
    Object.entries(delays).map(([id, query]) => [
      id,
      { kind: "http", url: lab.targets.plain.url, auth: "none", request: { path: `/orders/1?${query}` } },
    ]),
  );
  const file = join(dirname(found.lab.config), `compare-${Object.keys(delays).join("-")}.yaml`);
  writeFileSync(file, stringify({ ...lab, loads: undefined, targets: { ...lab.targets, ...targets } }));
  return file;
}

async function compare(folder: string, config: string, words: readonly string[], options: CliOptions = {}) {
  const out = join(folder, "run");
  const ended = await runCli(["compare", ...words, "-c", config, "--out", out], { withinMs: 90_000, ...options });
  const file = join(out, "report.json");
  const report: RunReport | null = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  return { ...ended, out, report };
}

function comparisonOf({ report, stderr }: Awaited<ReturnType<typeof compare>>): ReportedComparison {
  if (report?.comparison == null) throw new Error(`no comparison: ${stderr}`);
  return report.comparison;
}

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function plainConfig(folder: string, ports: Readonly<Record<string, number>>, more: object = {}): string {
  const file = join(folder, "pathproof.json");
  const targets = Object.fromEntries(
    Object.entries(ports).map(([id, port]) => [id, { kind: "http", url: `http://127.0.0.1:${port}`, auth: "none" }]),
  );
  writeFileSync(file, JSON.stringify({ version: 1, targets, ...more }));
  return file;
}

const briefly = ["--rate", "50/s", "--duration", "12s", "--block", "1s", "--seed", "7"];

describe("compare", () => {
  test("keeps to the order in which targets are named", async () => {
    await inFolder(async (folder) => {
      const config = plainConfig(folder, { near: 8080, far: 8081, third: 8082 });
      const words = ["compare", "third", "near", ...briefly, "-c", config, "--dry-run", "--json"];
      const { stdout } = await runCli(words, { cwd: folder });
      expect(JSON.parse(stdout).targets.map(({ target }: { target: string }) => target)).toEqual(["third", "near"]);
    });
  });

  // A machine that is busy with other tests may spoil a measurement, but not three in a row.
  test("finds a delay of 30 ms, says so first, and is judged again to the same", { retry: 2 }, async () => {
    await inFolder(async (folder) => {
      const config = labConfig({ near: "delay=5", far: "delay=35" });
      const ran = await compare(folder, config, ["near", "far", ...briefly]);
      const { pairs, design, blocks, targets } = comparisonOf(ran);
      const median = pairs.find(({ quantile }) => quantile === 0.5);
      expect(median).toMatchObject({ a: "near", b: "far", verdict: "faster", rounds: 6 });
      expect(median?.deltaMs ?? 0).toBeLessThan(-20);
      expect(median?.deltaMs ?? 0).toBeGreaterThan(-60);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stdout).toMatch(/near is [\d.]+ ms faster than far at p50/);
      expect(design).toMatchObject({ engine: "node", seed: 7, rounds: 6, roundsDone: 6, blockMs: 1000, headMs: 200 });
      expect(blocks.map(({ round }) => round)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
      for (const { requests, failures } of targets)
        expect({ requests, failures }).toEqual({ requests: 240, failures: {} });
      const again = await runCli(["report", ran.out, "--out", join(folder, "again"), "--json"]);
      expect(JSON.parse(again.stdout)).toEqual(ran.report);
      expect(readdirSync(join(folder, "again")).sort()).toEqual(readdirSync(ran.out).sort());
    });
  });

  test("keeps cold connections apart, prices each path, and writes no secret down", { retry: 2 }, async () => {
    await inFolder(async (folder) => {
      const config = labConfig({});
      const words = [
        "orders-direct",
        "orders-alb",
        "--cold",
        "--rate",
        "25/s",
        "--duration",
        "12s",
        "--block",
        "500ms",
      ];
      const ran = await compare(folder, config, words);
      const { targets, pairs, cost } = comparisonOf(ran);
      expect(new Set(pairs.map(({ connections }) => connections))).toEqual(new Set(["reused", "cold"]));
      for (const one of targets) {
        expect(one.failures).toEqual({});
        if (one.connections === "cold") expect(one.connectionsOpened).toBe(one.requests);
        else expect(one.connectionsOpened).toBeLessThan(one.requests / 4);
      }
      expect(cost.map(({ target, carried }) => [target, carried.zones])).toEqual([
        ["orders-direct", 2],
        ["orders-alb", null],
      ]);
      for (const { monthUsd, carried } of cost) {
        expect(monthUsd).toBeGreaterThan(5);
        expect(carried.requestBytes).toBeGreaterThan(50);
        expect(carried.responseBytes).toBeGreaterThan(50);
      }
      for (const file of readdirSync(ran.out)) {
        const text = readFileSync(join(ran.out, file), "utf8");
        for (const [name, secret] of Object.entries(found.lab?.env ?? {}))
          if (name !== "AWS_REGION") expect(text.includes(secret), `${name} in ${file}`).toBe(false);
        expect(text).not.toMatch(/Signature=[0-9a-f]{64}/);
      }
    });
  });

  test("k6 finds it too, in blocks of the same design", { timeout: 120_000, retry: 2 }, async ({ skip }) => {
    if (found.k6 === null) return skip("there is no k6");
    const env = { PATHPROOF_K6: found.k6 };
    await inFolder(async (folder) => {
      const config = labConfig({ near: "delay=5", far: "delay=35" });
      const ran = await compare(
        folder,
        config,
        ["near", "far", ...briefly, "--duration", "24s", "--engine", "k6", "--cold"],
        { env },
      );
      const { pairs, design, targets } = comparisonOf(ran);
      expect(design).toMatchObject({ engine: "k6", seed: 7, rounds: 6, roundsDone: 6 });
      for (const use of ["reused", "cold"]) {
        const median = pairs.find(({ quantile, connections }) => quantile === 0.5 && connections === use);
        expect(median?.deltaMs ?? 0, use).toBeLessThan(-20);
        expect(median?.deltaMs ?? 0, use).toBeGreaterThan(-60);
      }
      for (const { connections, connectionsOpened, requests } of targets)
        if (connections === "cold") expect(connectionsOpened).toBe(requests);
    });
  });

  test("a target that fails its requests cannot be compared: exit 1, and a sentence", async () => {
    await inFolder(async (folder) => {
      let asked = 0;
      const well = await serve((_, response) => response.end("well"));
      const ill = await serve((_, response) => {
        asked += 1;
        response.writeHead(asked % 5 === 0 ? 503 : 200).end();
      });
      const ran = await compare(folder, plainConfig(folder, { well, ill }), ["well", "ill", ...briefly]);
      expect(ran.code).toBe(1);
      expect(ran.report?.verdict).toBe("fail");
      expect(ran.stdout).toMatch(/ill failed \d+ of 240 requests on reused\s+connections .*cannot\s+be compared/s);
      expect(comparisonOf(ran).pairs.every(({ verdict }) => verdict === "inconclusive")).toBe(true);
      expect(readFileSync(join(ran.out, "junit.xml"), "utf8")).toContain('<failure type="failed-requests"');
    });
  });

  test("a target that does not answer at all is told before anything is measured", async () => {
    await inFolder(async (folder) => {
      const well = await serve((_, response) => response.end("well"));
      const gone = await serve((_, response) => response.writeHead(404).end());
      const { code, stderr, report } = await compare(folder, plainConfig(folder, { well, gone }), ["well", "gone"]);
      expect(code).toBe(1);
      expect(stderr).toContain("nothing was measured");
      expect(stderr).toMatch(/gone: GET \/ .*404/);
      expect(report).toBeNull();
    });
  });

  test("an interrupted comparison keeps its whole blocks and claims nothing", async () => {
    await inFolder(async (folder) => {
      const a = await serve((_, response) => response.end("a"));
      const b = await serve((_, response) => response.end("b"));
      const ran = await compare(folder, plainConfig(folder, { a, b }), ["a", "b", ...briefly], {
        started: (child) => void setTimeout(() => child.kill("SIGINT"), 6000),
      });
      expect(ran.code).toBe(130);
      expect(ran.report).toMatchObject({ interrupted: true, verdict: "inconclusive" });
      const { blocks, pairs, design } = comparisonOf(ran);
      expect(blocks.filter(({ complete }) => complete).length).toBeGreaterThan(0);
      expect(blocks.filter(({ complete }) => complete).length).toBeLessThan(12);
      expect(design.roundsDone).toBeLessThan(design.rounds);
      expect(pairs.every(({ verdict }) => verdict === "inconclusive")).toBe(true);
      const again = await runCli(["report", ran.out, "--out", join(folder, "again"), "--json"]);
      expect(JSON.parse(again.stdout)).toEqual(ran.report);
    });
  });

  test("a pilot says how long it must last, and passes when it can", { retry: 2 }, async () => {
    await inFolder(async (folder) => {
      const a = await serve((_, response) => response.end("a"));
      const b = await serve((_, response) => response.end("b"));
      const words = [
        "a",
        "b",
        "--pilot",
        "--rate",
        "50/s",
        "--duration",
        "24s",
        "--block",
        "500ms",
        "--margin",
        "50ms",
      ];
      const ran = await compare(folder, plainConfig(folder, { a, b }), words);
      // A machine that cannot keep up says so instead.
      expect(ran.code, ran.stderr).toBe(/bottleneck/.test(ran.stdout) ? 4 : 0);
      expect(ran.stdout).toMatch(/After a pilot of \d+ rounds: to see a difference of 50 ms.* it must\s+last about/s);
    });
  });

  test("a dry run says who is asked when, how much, and at what cost, and sends nothing", async () => {
    await inFolder(async (folder) => {
      const config = labConfig({});
      const words = ["orders-direct", "orders-lattice", "--dry-run", "--seed", "1"];
      const { code, stdout } = await compare(folder, config, words);
      expect(code).toBe(0);
      expect(stdout).toContain("round 1: ");
      expect(stdout).toMatch(/Cost of the run: (less than|about) [\d.]+ USD at most.*not a quote/s);
      const json = await compare(folder, config, [...words, "--json"]);
      expect(JSON.parse(json.stdout)).toMatchObject({ engine: "node", requests: 500, design: { seed: 1 } });
    });
  });

  test.each([
    [["a"], "name two targets or more; the config has a, b"],
    [["a", "c"], 'the config has no target "c"'],
    [["a", "b", "--rate", "50"], '--rate: expected a rate such as 50/s, got "50"'],
    [["a", "b", "--rate", "9000/s"], "--rate: 2000/s at most (limits.maxRate)"],
    [["a", "b", "--duration", "2h"], "--duration: 1h at most (limits.maxDuration)"],
    [["a", "b", "--duration", "20s", "--block", "5s"], "6 rounds are needed at least: --duration 60s or more"],
    [["a", "b", "--rate", "1/s"], "raise --rate or --block"],
    [["a", "b", "--seed", "x"], "--seed: expected a whole number"],
    [["a", "b", "--engine", "wrk"], '--engine: expected k6 or node, got "wrk"'],
  ])("%j is refused with what to do", async (words, sentence) => {
    await inFolder(async (folder) => {
      const { code, stderr } = await compare(folder, plainConfig(folder, { a: 9, b: 9 }), words);
      expect(code).toBe(2);
      expect(stderr).toContain(sentence);
    });
  });
});
