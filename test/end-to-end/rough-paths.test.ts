import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import type { ReportedLoad, RunReport } from "#core/reporters/run-report.ts";
import { program } from "../support/cli.ts";
import { realK6 } from "../support/k6.ts";
import { canMakeNetworks } from "../support/network/namespaces.ts";
import { raiseSite, type Site } from "../support/network/site.ts";
import { runWords } from "../support/network/walk.ts";
import { makeWay } from "../support/network/way.ts";
import { provideMs } from "../support/provided.ts";
import { jitter } from "../support/toxiproxy/rows.ts";
import { startToxicLab, type ToxicLab } from "../support/toxiproxy/toxic-lab.ts";
import { toxiproxyProgram } from "../support/toxiproxy/toxiproxy.ts";

// A path that loses packets or takes now longer and now shorter is slow, not broken: a load over it shows that in its
// percentiles and in nothing else.

const engines = ["node", "k6"] as const;
type Engine = (typeof engines)[number];

const toxiproxy = await toxiproxyProgram();
const folder = mkdtempSync(join(tmpdir(), "pathproof-rough-"));
const k6: { path: string | null } = { path: null };
beforeAll(async () => {
  k6.path = (await realK6())?.path ?? null;
}, provideMs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const deadlines = { connect: "10s", tls: "10s", firstByte: "10s", total: "20s" };

/** One load per engine, of a few hundred requests. */
const loadsOf = (targets: readonly string[], thresholds: readonly string[]) => ({
  loads: Object.fromEntries(
    engines.map((engine) => [engine, { engine, targets, rate: "50/s", duration: "6s", warmup: "1s", thresholds }]),
  ),
});

interface Ran {
  readonly code: number;
  readonly report: RunReport;
}

async function run(engine: Engine, config: string, words: readonly string[], { skip }: TestContext): Promise<Ran> {
  if (engine === "k6" && k6.path === null) return skip("there is no k6");
  const out = mkdtempSync(join(folder, "run-"));
  const command = ["/usr/bin/env", `PATHPROOF_K6=${k6.path ?? ""}`, process.execPath, program];
  const args = ["run", engine, "-c", config, "--quiet", "--out", join(out, "run")];
  const { code, stderr } = await runWords([...words, ...command, ...args]);
  try {
    return { code, report: JSON.parse(readFileSync(join(out, "run", "report.json"), "utf8")) };
  } catch (error) {
    throw new Error(`there is no report: ${stderr}`, { cause: error });
  }
}

const untroubled = ({ failures, reuse }: ReportedLoad) => ({
  failures,
  stale: reuse?.stale,
  suspectedRetries: reuse?.suspectedRetries ?? 0,
});
const noTrouble = { failures: {}, stale: 0, suspectedRetries: 0 };

/** A machine that is busy with other tests makes thresholds inconclusive, and the run says so: the path is not what is wrong. */
const sure = ({ thresholds }: RunReport): readonly string[] => [
  ...new Set(thresholds.flatMap(({ rule, verdict }) => (verdict === "inconclusive" ? [] : [`${verdict}: ${rule}`]))),
];
const isSure = ({ thresholds }: RunReport): boolean => thresholds.every(({ verdict }) => verdict !== "inconclusive");

describe.skipIf(!canMakeNetworks())("1 % of all packets lost", () => {
  let site: Site;
  beforeAll(async () => {
    site = await raiseSite(program);
  });
  afterAll(() => site.stop());

  test.concurrent.for(engines)("is latency, not failure (%s)", { timeout: 120_000 }, async (engine, context) => {
    const way = makeWay(site.server, { forward: "numgen random mod 100 < 1 drop" });
    try {
      const targets = ["plain", "orders-alb"];
      const more = loadsOf(targets, ["failures < 0.1%", "stale == 0"]);
      const config = site.configFor(`lossy-${engine}`, targets, { deadlines, byName: false, more });
      const { code, report } = await run(engine, config, ["ip", "netns", "exec", way.client], context);
      expect(report.loads.map(untroubled)).toEqual(targets.map(() => noTrouble));
      expect(["pass: failures < 0.1%", "pass: stale == 0"]).toEqual(expect.arrayContaining([...sure(report)]));
      expect(report.checks.filter(({ verdict }) => verdict === "fail")).toEqual([]);
      expect(code).toBe(isSure(report) ? 0 : 4);
      // What was lost is sent again after 200 ms at the least; most is not lost.
      const slowest = Math.max(...report.loads.map(({ serviceMs }) => serviceMs?.max ?? 0));
      expect(slowest).toBeGreaterThan(150);
      for (const { serviceMs } of report.loads) expect(serviceMs?.p50 ?? 0).toBeLessThan(150);
    } finally {
      way.close();
    }
  });
});

describe.skipIf(toxiproxy === null)("jitter of 200 ms each way", () => {
  let toxic: ToxicLab;
  beforeAll(async () => {
    toxic = await startToxicLab(toxiproxy ?? "");
  });
  afterAll(() => toxic.stop());

  test.concurrent.for(engines)(
    "shows in p99, and fails what a threshold says of it (%s)",
    {
      timeout: 120_000,
    },
    async (engine, context) => {
      const more = loadsOf(["plain"], ["p99 < 150ms", "failures < 0.1%", "stale == 0"]);
      const config = await toxic.wayTo("plain", jitter, { deadlines, more });
      const { code, report } = await run(engine, config, [], context);
      expect(report.loads.map(untroubled)).toEqual([noTrouble]);
      const right = ["fail: p99 < 150ms", "pass: failures < 0.1%", "pass: stale == 0"];
      expect(right).toEqual(expect.arrayContaining([...sure(report)]));
      expect(code).toBe(sure(report).includes("fail: p99 < 150ms") ? 1 : 4);
      const [load] = report.loads;
      // Two delays of up to 200 ms each, 100 on average.
      expect(load?.serviceMs?.p50 ?? 0).toBeGreaterThan(120);
      expect(load?.serviceMs?.p99 ?? 0).toBeGreaterThan(250);
      expect(load?.serviceMs?.p99 ?? 0).toBeLessThan(1000);
    },
  );
});
