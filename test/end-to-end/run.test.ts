import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ReportedLoad, RunReport } from "#core/reporters/run-report.ts";
import { type CliOptions, inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";

const found: { k6: string | null } = { k6: null };
beforeAll(async () => {
  found.k6 = (await realK6())?.path ?? null;
}, k6BuildMs);

/** Where there is no k6 the test is skipped, loudly; in CI it fails. */
const k6Test = (name: string, work: (env: Readonly<Record<string, string>>) => Promise<void>): void =>
  // A machine that is busy with other tests may spoil a measurement, but not three in a row.
  test(name, { timeout: 120_000, retry: 2 }, async ({ skip }) => {
    if (found.k6 === null) return skip("there is no k6");
    await work({ PATHPROOF_K6: found.k6 });
  });

/** A plain server on loopback, closed with the test; what it is doing then is cut. */
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

interface Run {
  readonly code: number | null;
  readonly report: RunReport;
  readonly folder: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** A config of plain targets by name and port, and one load `test` on all of them. */
function writeConfig(folder: string, ports: Readonly<Record<string, number>>, load: object): string {
  const file = join(folder, "pathproof.json");
  const targets = Object.fromEntries(
    Object.entries(ports).map(([id, port]) => [id, { kind: "http", url: `http://127.0.0.1:${port}`, auth: "none" }]),
  );
  const loads = { test: { engine: "k6", targets: Object.keys(ports), ...load } };
  writeFileSync(file, JSON.stringify({ version: 1, targets, loads }));
  return file;
}

async function run(
  folder: string,
  config: string,
  { words = ["test"], ...options }: CliOptions & { readonly words?: readonly string[] },
): Promise<Run> {
  const out = join(folder, "run");
  const ended = await runCli(["run", ...words, "-c", config, "--out", out], { withinMs: 90_000, ...options });
  if (!existsSync(join(out, "report.json"))) throw new Error(`no report: ${ended.code}\n${ended.stderr}`);
  return { ...ended, folder: out, report: JSON.parse(readFileSync(join(out, "report.json"), "utf8")) };
}

const loadOf = (report: RunReport, target: string): ReportedLoad => {
  const load = report.loads.find((one) => one.target === target);
  if (load === undefined) throw new Error(`no load of ${target}`);
  return load;
};

const nearest = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
};

describe("a load against the lab", () => {
  const started: { lab: RunningLab | null } = { lab: null };
  beforeAll(async () => {
    started.lab = await startLabProcess();
  });
  afterAll(() => started.lab?.stop());
  const lab = (): RunningLab => {
    if (started.lab === null) throw new Error("no lab");
    return started.lab;
  };

  k6Test("passes on the healthy lab, signed and unsigned, and is rendered again from what it saved", async (env) => {
    await inFolder(async (folder) => {
      const { code, report, stderr, folder: out } = await run(folder, lab().config, { words: ["brief-k6"], env });
      expect(report.thresholds.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
      expect(code, stderr).toBe(0);
      expect(report).toMatchObject({ command: "run", verdict: "pass", interrupted: false, checks: [] });
      expect(new Set(report.loads.map(({ auth }) => auth))).toEqual(new Set(["iam", "none"]));
      for (const load of report.loads) {
        expect(load.requests).toBeGreaterThanOrEqual(95);
        expect(load).toMatchObject({ failures: {}, rate: 20, reuse: { stale: 0 } });
        expect(load.serviceMs?.p50).toBeGreaterThan(0);
        expect(load.responseMs?.max).toBeGreaterThanOrEqual(load.serviceMs?.p50 ?? Number.NaN);
        expect(load.seconds.reduce((sum, row) => sum + row.requests, 0)).toBe(load.requests);
      }
      expect(readdirSync(out).sort()).toEqual([
        ...["junit.xml", "observations.ndjson", "report.html", "report.json", "summary.md"],
      ]);

      const again = await runCli(["report", out, "--out", join(folder, "again"), "--json"]);
      expect(again.code, again.stderr).toBe(0);
      expect(JSON.parse(again.stdout)).toEqual(report);

      for (const file of readdirSync(out)) {
        const text = readFileSync(join(out, file), "utf8");
        for (const [name, secret] of Object.entries(lab().env))
          if (name !== "AWS_REGION") expect(text.includes(secret), `${name} in ${file}`).toBe(false);
        expect(text).not.toMatch(/Signature=[0-9a-f]{64}/);
      }
    });
  });

  test("says with --dry-run what it would send, and sends nothing", async () => {
    await inFolder(async (folder) => {
      const { code, stdout } = await runCli(["run", "brief-k6", "-c", lab().config, "--dry-run", "--json"], {
        cwd: folder,
      });
      expect(code).toBe(0);
      const description = JSON.parse(stdout);
      expect(description).toMatchObject({ load: "brief-k6", engine: "k6" });
      expect(description.targets.length).toBeGreaterThan(3);
      // 20/s for a second of warm-up and five measured.
      expect(description.requests).toBe(description.targets.length * 120);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  test.each([
    [["brief-node", "--out-k6", "json=points.json"], 2, /it takes --engine k6/],
    [["brief-k6", "--threads", "2"], 2, /--threads is about the Node engine; it takes --engine node/],
    [["brief-node", "--threads", "0"], 2, /--threads: expected a whole number/],
    [["brif-k6"], 2, /no load "brif-k6"; did you mean "brief-k6"\?/],
    [["brief-k6", "--engine", "vegeta"], 2, /--engine: expected k6 or node/],
    [["brief-k6", "--out-k6", "json"], 2, /would write to standard output/],
    [["brief-k6", "--baseline", "nowhere"], 2, /--baseline: cannot read/],
  ])("run %j ends with %i and one sentence", async (words, exit, sentence) => {
    await inFolder(async (folder) => {
      const { code, stdout, stderr } = await runCli(["run", ...words, "-c", lab().config], { cwd: folder });
      expect(code).toBe(exit);
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stdout).toBe("");
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});

describe("a load against servers that know their times", () => {
  k6Test("reports the quantiles of service and response that the servers saw, within 3 %", async (env) => {
    const held: Record<string, number[]> = {};
    /** Answers after `delayMs` of a request's number and its arrival since the first, and remembers how long it took. */
    const timed = (name: string, delayMs: (number: number, sinceMs: number) => number): Promise<number> => {
      const times: number[] = [];
      held[name] = times;
      let firstAt = 0;
      let number = 0;
      return serve((_request, response) => {
        const at = performance.now();
        if (number === 0) firstAt = at;
        const own = number++;
        setTimeout(
          () =>
            response.end("done", () => {
              times[own] = performance.now() - at;
            }),
          delayMs(own, at - firstAt),
        );
      });
    };
    const ports = {
      constant: await timed("constant", () => 1000),
      bimodal: await timed("bimodal", (number) => (number % 10 < 7 ? 400 : 1200)),
      // Everything that arrives in the sixth second is answered at its end.
      stalling: await timed("stalling", (_number, sinceMs) =>
        sinceMs > 5000 && sinceMs < 6000 ? Math.max(100, 6000 - sinceMs) : 100,
      ),
    };
    await inFolder(async (folder) => {
      const config = writeConfig(folder, ports, {
        ...{ rate: "50/s", warmup: "2s", duration: "8s" },
        thresholds: ["failures == 0"],
      });
      const { report, stderr } = await run(folder, config, { env });
      expect(report.verdict, stderr).not.toBe("fail");
      for (const [name, all] of Object.entries(held)) {
        const load = loadOf(report, name);
        expect(load.requests).toBeGreaterThan(380);
        // The warm-up's came first.
        const times = all.slice(-load.requests);
        for (const [figure, q] of [
          ["p50", 0.5],
          ["p90", 0.9],
          ["p99", 0.99],
        ] as const) {
          const wanted = nearest(times, q);
          for (const of of ["serviceMs", "responseMs"] as const) {
            const got = load[of]?.[figure] ?? Number.NaN;
            // On loopback the way there and back is below a millisecond; a busy test machine adds some of its own.
            expect(Math.abs(got - wanted), `${name} ${of} ${figure}: ${got}, server ${wanted}`).toBeLessThan(
              Math.max(wanted * 0.03, q > 0.9 ? 60 : 30),
            );
          }
        }
      }
      const stalled = loadOf(report, "stalling");
      expect(stalled.responseMs?.p50).toBeLessThan(150);
      // A second's worth of requests waited half a second on average: 50 of 400, so beyond p90.
      expect(stalled.responseMs?.p99).toBeGreaterThan(850);
    });
  });

  k6Test("names failures, fails the threshold and exits 1", async (env) => {
    const port = await serve((_request, response) => {
      response.statusCode = 503;
      response.end();
    });
    await inFolder(async (folder) => {
      const config = writeConfig(
        folder,
        { down: port },
        { rate: "50/s", duration: "3s", thresholds: ["failures < 50%", "p99 < 1s"] },
      );
      const { code, report } = await run(folder, config, { env });
      expect(code).toBe(1);
      const load = loadOf(report, "down");
      expect(load.failures).toEqual({ "unexpected-status": load.requests });
      expect(load).toMatchObject({ serviceMs: null, responseMs: null });
      expect(report.thresholds).toMatchObject([
        { rule: "failures < 50%", verdict: "fail", observed: expect.stringMatching(/^100 %/) },
        { rule: "p99 < 1s", verdict: "inconclusive", observed: "no request was answered as expected" },
      ]);
    });
  });

  k6Test("without thresholds fails where nothing came back", async (env) => {
    const port = await serve((request) => request.socket.destroy());
    await inFolder(async (folder) => {
      const config = writeConfig(folder, { dead: port }, { rate: "20/s", duration: "2s" });
      const { code, report } = await run(folder, config, { env });
      expect(code).toBe(1);
      expect(report.thresholds).toMatchObject([{ rule: "failures < 100%", verdict: "fail" }]);
    });
  });

  k6Test("in a closed loop knows no due times, and says so instead of guessing", async (env) => {
    const port = await serve((_request, response) => void setTimeout(() => response.end(), 5));
    await inFolder(async (folder) => {
      const thresholds = ["p99 < 10s", "response p99 < 10s"];
      const config = writeConfig(
        folder,
        { fine: port },
        { connections: 2, warmup: "500ms", duration: "2s", thresholds },
      );
      const { code, report } = await run(folder, config, { env });
      expect(code).toBe(4);
      expect(loadOf(report, "fine")).toMatchObject({ rate: null, connections: 2, responseMs: null, dropped: 0 });
      expect(report.thresholds.map(({ verdict }) => verdict)).toEqual(["pass", "inconclusive"]);
    });
  });

  k6Test("ends early when a threshold can no longer hold, unless it is told to go on", async (env) => {
    const port = await serve((_request, response) => {
      response.statusCode = 500;
      response.end();
    });
    await inFolder(async (folder) => {
      const config = writeConfig(
        folder,
        { bad: port },
        { rate: "50/s", duration: "60s", thresholds: ["failures == 0"] },
      );
      const { code, report, stderr } = await run(folder, config, { env });
      expect(code).toBe(1);
      expect(report.interrupted).toBe(false);
      expect(report.elapsedMs).toBeLessThan(30_000);
      expect(loadOf(report, "bad").durationMs).toBeLessThan(20_000);
      expect(report.thresholds[0]?.observed).toContain("the load was ended for it");
      expect(stderr).toContain("failures == 0 at bad was");
    });
    await inFolder(async (folder) => {
      const config = writeConfig(
        folder,
        { bad: port },
        { rate: "50/s", duration: "4s", thresholds: ["failures == 0"] },
      );
      const { report } = await run(folder, config, { env, words: ["test", "--no-abort"] });
      expect(loadOf(report, "bad").durationMs).toBe(4000);
    });
  });

  k6Test("compares with a saved run", async (env) => {
    const delay = { ms: 20 };
    const port = await serve((_request, response) => void setTimeout(() => response.end(), delay.ms));
    await inFolder(async (folder) => {
      const thresholds = ["p50 < baseline * 2"];
      const config = writeConfig(folder, { changing: port }, { rate: "50/s", duration: "2s", thresholds });
      const first = await run(join(folder), config, { env });
      expect(first.code).toBe(4);
      expect(first.report.thresholds[0]?.observed).toContain("no baseline");
      const saved = join(folder, "last-good.json");
      writeFileSync(saved, JSON.stringify(first.report));
      const words = ["test", "--baseline", saved];
      const same = await run(folder, config, { env, words });
      expect(same.report.thresholds).toMatchObject([{ verdict: "pass" }]);
      delay.ms = 120;
      const slower = await run(folder, config, { env, words });
      expect(slower.code).toBe(1);
      expect(slower.report.thresholds[0]?.observed).toMatch(/ms; the baseline has .* ms, so the limit is/);
      const again = await runCli(["report", slower.folder, "--json"]);
      expect(JSON.parse(again.stdout).thresholds).toEqual(slower.report.thresholds);
    });
  });

  k6Test("interrupted, reports what was measured, exits 130, and leaves no k6 behind", async (env) => {
    let seen = 0;
    const port = await serve((_request, response) => {
      seen += 1;
      response.end();
    });
    await inFolder(async (folder) => {
      const config = writeConfig(
        folder,
        { fine: port },
        { rate: "50/s", duration: "60s", thresholds: ["failures == 0"] },
      );
      const {
        code,
        report,
        folder: out,
      } = await run(folder, config, {
        env,
        started: (child) => {
          const timer = setInterval(() => {
            if (seen < 100) return;
            clearInterval(timer);
            child.kill("SIGINT");
          }, 20);
          child.once("exit", () => clearInterval(timer));
        },
      });
      expect(code).toBe(130);
      expect(report).toMatchObject({ interrupted: true, verdict: "inconclusive" });
      expect(report.thresholds[0]?.observed).toContain("but the run was interrupted");
      const { requests } = loadOf(report, "fine");
      expect(requests).toBeGreaterThanOrEqual(75);
      const after = seen;
      expect(Math.abs(after - requests)).toBeLessThan(30);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(seen).toBe(after);
      const again = await runCli(["report", out, "--json"]);
      expect(JSON.parse(again.stdout)).toEqual(report);
    });
  });

  k6Test("whose k6 is killed says so, keeps what was measured, and does not pass", async (env) => {
    let seen = 0;
    const port = await serve((_request, response) => {
      seen += 1;
      response.end();
    });
    await inFolder(async (folder) => {
      const config = writeConfig(
        folder,
        { fine: port },
        { rate: "50/s", duration: "60s", thresholds: ["failures < 5%"] },
      );
      const { code, report, stderr } = await run(folder, config, {
        env,
        started: (child) => {
          const timer = setInterval(() => {
            if (seen < 100) return;
            clearInterval(timer);
            // Its only child.
            const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(child.pid)], { encoding: "utf8" });
            process.kill(Number(children.trim()), "SIGKILL");
          }, 20);
          child.once("exit", () => clearInterval(timer));
        },
      });
      expect(code).toBe(4);
      expect(report).toMatchObject({ interrupted: false, verdict: "inconclusive" });
      expect(report.thresholds[0]?.observed).toContain("but the load ended before its time");
      expect(stderr).toContain("k6 was killed by SIGKILL");
      expect(loadOf(report, "fine").generator.join(" ")).toContain("k6 was killed by SIGKILL");
      expect(loadOf(report, "fine").requests).toBeGreaterThan(50);
    });
  });

  k6Test("killed itself, leaves observations from which a report can still be made", async (env) => {
    const port = await serve((_request, response) => void response.end());
    await inFolder(async (folder) => {
      const config = writeConfig(folder, { fine: port }, { rate: "50/s", duration: "6s" });
      const observations = join(folder, "run", "observations.ndjson");
      const words = ["run", "test", "-c", config, "--out", join(folder, "run"), "--quiet"];
      const ended = await runCli(words, {
        env,
        withinMs: 90_000,
        started: (child) => {
          const timer = setInterval(() => {
            if (!existsSync(observations) || readFileSync(observations, "utf8").split("\n").length < 4) return;
            clearInterval(timer);
            child.kill("SIGABRT");
          }, 50);
        },
      });
      expect(ended.code).toBeNull();
      const { code, stdout, stderr } = await runCli(["report", join(folder, "run"), "--json"]);
      expect(code, stderr).toBe(130);
      const report: RunReport = JSON.parse(stdout);
      expect(loadOf(report, "fine").requests).toBeGreaterThan(40);
      expect(report.thresholds).toMatchObject([{ verdict: "inconclusive" }]);
    });
  });

  test("without a k6 that works says so and exits 3, with nothing left behind", async () => {
    const port = await serve((_request, response) => void response.end());
    await inFolder(async (folder) => {
      const config = writeConfig(folder, { fine: port }, { rate: "5/s", duration: "1s" });
      const { code, stderr } = await runCli(["run", "test", "-c", config], {
        cwd: folder,
        env: { PATHPROOF_K6: join(folder, "nothing-here") },
      });
      expect(code).toBe(3);
      expect(stderr).toContain("PATHPROOF_K6");
      expect(readdirSync(folder)).toEqual(["pathproof.json"]);
    });
  });

  k6Test("refuses a name that leads to an address beyond the guard rails before anything is sent", async (env) => {
    await inFolder(async (folder) => {
      const file = join(folder, "pathproof.yaml");
      writeFileSync(
        file,
        `version: 1
limits: { allow: [10.0.0.0/8] }
targets: { local: { kind: http, url: "http://localhost:9", auth: none } }
loads: { test: { engine: k6, targets: local, rate: 5/s, duration: 1s } }
`,
      );
      const { code, stderr } = await runCli(["run", "test", "-c", file], { cwd: folder, env });
      expect(code).toBe(2);
      expect(stderr).toMatch(/nothing was sent:\n {2}local: localhost resolves to .*127\.0\.0\.1.*dns-public-address/);
      expect(readdirSync(folder)).toEqual(["pathproof.yaml"]);
    });
  });
});
