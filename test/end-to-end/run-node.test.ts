import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";
import { listenReplying, okReply } from "../support/listen.ts";

const readReport = (folder: string): RunReport => JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));

describe("run --engine node against the lab", () => {
  const started: { lab: RunningLab | null } = { lab: null };
  beforeAll(async () => {
    started.lab = await startLabProcess();
  });
  afterAll(() => started.lab?.stop());
  const lab = (): RunningLab => {
    if (started.lab === null) throw new Error("no lab");
    return started.lab;
  };

  // A machine that is busy with other tests may spoil a measurement, but not three in a row.
  test("passes on the healthy lab, signed and unsigned, is rendered again, and writes no secret down", {
    retry: 2,
  }, async () => {
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const { code, stderr } = await runCli(["run", "brief-node", "-c", lab().config, "--out", out]);
      const report = readReport(out);
      expect(report.thresholds.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
      expect(code, stderr).toBe(0);
      expect(new Set(report.loads.map(({ auth }) => auth))).toEqual(new Set(["iam", "none"]));
      for (const load of report.loads) {
        expect(load).toMatchObject({
          engine: "node",
          requests: 100,
          failures: {},
          rate: 20,
          dropped: 0,
          reuse: { stale: 0 },
        });
        expect(load.responseMs?.p50 ?? 0).toBeGreaterThanOrEqual(load.serviceMs?.p50 ?? 1);
      }
      const again = await runCli(["report", out, "--out", join(folder, "again"), "--json"]);
      expect(JSON.parse(again.stdout)).toEqual(report);
      for (const file of readdirSync(out)) {
        const text = readFileSync(join(out, file), "utf8");
        for (const [name, secret] of Object.entries(lab().env))
          if (name !== "AWS_REGION") expect(text.includes(secret), `${name} in ${file}`).toBe(false);
        expect(text).not.toMatch(/Signature=[0-9a-f]{64}/);
      }
    });
  });

  test("keeps its connections in a closed loop, from two threads", { retry: 2 }, async () => {
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      await runCli(["run", "closed-node", "--threads", "2", "-c", lab().config, "--out", out]);
      for (const load of readReport(out).loads) {
        expect(load).toMatchObject({ failures: {}, responseMs: null, reuse: { connections: 2, perfect: 2 } });
        expect(load.requests).toBeGreaterThan(50);
      }
    });
  });
});

describe("run --engine node", () => {
  const writeConfig = (folder: string, port: number, load: object): string => {
    const file = join(folder, "pathproof.json");
    const targets = { only: { kind: "http", url: `http://127.0.0.1:${port}`, auth: "none" } };
    writeFileSync(file, JSON.stringify({ version: 1, targets, loads: { test: { targets: ["only"], ...load } } }));
    return file;
  };

  test.each([
    ["a scenario of the user's own", "mine", {}, /"mine" is a script, and for --engine k6/],
    ["to sign where nobody says what for", "steady-signed", {}, /only: every request is signed: give it auth: iam/],
    ["a rest that is no time", "idle-then-burst", { PATHPROOF_IDLE_MS: "1s" }, /PATHPROOF_IDLE_MS: expected a whole/],
  ] as const)("refuses %s", async (_, scenario, env, sentence) => {
    await inFolder(async (folder) => {
      const config = writeConfig(folder, 9, { rate: "10/s", duration: "1s", scenario });
      const { code, stderr } = await runCli(["run", "test", "-c", config], { cwd: folder, env });
      expect(stderr).toMatch(sentence);
      expect(code).toBe(2);
      expect(readdirSync(folder)).toEqual(["pathproof.json"]);
    });
  });

  test("plays a scenario that comes along: a rush, and less before and after it", async () => {
    const { port } = await listenReplying(() => okReply());
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const config = writeConfig(folder, port, { rate: "100/s", duration: "2s", warmup: "0s", scenario: "spike" });
      const { code } = await runCli(["run", "test", "-c", config, "--out", out]);
      expect(code).toBe(0);
      // The area under the rate: 0.3 × 20 + 0.2 × 200 + 0.5 × 20.
      expect(readReport(out).loads[0]).toMatchObject({ requests: 56, failures: {}, dropped: 0 });
    });
  });

  test("fails a threshold on stale connections when one request in fifty meets a dead one", {
    timeout: 60_000,
  }, async () => {
    let requests = 0;
    const { port } = await listenReplying((_request, socket, onSocket) => {
      requests += 1;
      if (requests % 50 !== 0 || onSocket === 1) return okReply();
      socket.resetAndDestroy();
      return null;
    });
    await inFolder(async (folder) => {
      const out = join(folder, "run");
      const config = writeConfig(folder, port, {
        rate: "200/s",
        duration: "3s",
        warmup: "0s",
        thresholds: ["stale == 0"],
      });
      const { code } = await runCli(["run", "test", "--no-abort", "-c", config, "--out", out]);
      expect(code).toBe(1);
      const [load] = readReport(out).loads;
      expect(load?.requests).toBe(600);
      expect(requests).toBe(600);
      expect(load?.reuse?.stale).toBeGreaterThan(8);
      expect(load?.failures).toEqual({ "stale-reuse-reset": load?.reuse?.stale });
    });
  });
});
