import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { ReportedLedger, ReportedLoad, RunReport } from "#core/reporters/run-report.ts";
import { inFolder, type RunningLab, runCli, startLabProcess } from "../support/cli.ts";
import { k6BuildMs, realK6 } from "../support/k6.ts";

interface Truth {
  readonly reused: number;
  readonly reset: number;
}

/** Requests that may be sent again unasked and such that may not, in the clear, behind TLS and signed. */
const targets = ["plain", "orders-alb", "orders-direct"];

/** The lab's config with a load of our own, beside it so that its files are found. */
function writeLoad(labConfig: string, load: object): string {
  const config = parse(readFileSync(labConfig, "utf8"));
  const { request, ...plain } = config.targets.plain;
  const create = { method: "POST", path: "/orders", body: "{}", expect: { status: 200 } };
  config.targets.plain = { ...plain, requests: { list: request, create } };
  config.loads = { test: { targets, warmup: "0s", thresholds: ["stale < 100%"], ...load } };
  const file = join(dirname(labConfig), "load.yaml");
  writeFileSync(file, stringify(config));
  return file;
}

const ledgerOf = (loads: readonly ReportedLoad[], target: string): ReportedLedger => {
  const ledger = loads.find((load) => load.target === target)?.ledger;
  if (ledger === undefined) throw new Error(`${target} has no ledger`);
  return ledger;
};

const badIn = ({ all: { idempotent, other } }: ReportedLedger): number =>
  idempotent.stale + idempotent.suspectedRetries + other.stale + other.suspectedRetries;

const reusedIn = ({ all: { idempotent, other } }: ReportedLedger): number => idempotent.requests + other.requests;

/** Runs the load against a lab of its own, and asks the lab at its end what it did. */
async function run(labWords: readonly string[], load: object, env: Readonly<Record<string, string>> = {}) {
  const lab: RunningLab = await startLabProcess(labWords);
  return inFolder(async (folder) => {
    const out = join(folder, "run");
    const config = writeLoad(lab.config, load);
    const words = ["run", "test", "--no-abort", "-c", config, "--out", out];
    const { stderr } = await runCli(words, { env, withinMs: 90_000 });
    const again = await runCli(["report", out, "--out", join(folder, "again"), "--json"]);
    const said = await lab.stop();
    const report: RunReport = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
    expect(JSON.parse(again.stdout), stderr).toEqual(report);
    const stopped: { staleReuse: Record<string, Truth> } = said === null ? { staleReuse: {} } : JSON.parse(said);
    return { loads: report.loads, truth: stopped.staleReuse };
  });
}

const found: { k6: string | null } = { k6: null };
beforeAll(async () => {
  found.k6 = (await realK6())?.path ?? null;
}, k6BuildMs);

describe("a lab that resets 5 % of the requests on reused connections", () => {
  test("is measured by the Node engine to the very number", { timeout: 120_000 }, async () => {
    const { loads, truth } = await run(["--stale-reuse", "5%"], { engine: "node", rate: "150/s", duration: "6s" });
    for (const target of targets) {
      const ledger = ledgerOf(loads, target);
      expect(ledger.seenBy).toBe("socket");
      expect({ reused: reusedIn(ledger), reset: badIn(ledger) }, target).toEqual(truth[target]);
      expect(truth[target]?.reset).toBeGreaterThan(10);
      // Each is a death of its own, and every other connection lived on.
      const { born, ends } = ledger.connections;
      expect(ends, target).toEqual({ rst: truth[target]?.reset, open: born - (truth[target]?.reset ?? 0) });
    }
    const { idempotent, other } = ledgerOf(loads, "plain").all;
    expect(idempotent.requests).toBeGreaterThan(300);
    expect(other.requests).toBeGreaterThan(300);
    expect(idempotent.stale).toBeGreaterThan(0);
    expect(other.stale).toBeGreaterThan(0);
    const rows = ledgerOf(loads, "plain").idle;
    expect(rows.reduce((sum, row) => sum + row.idempotent.requests + row.other.requests, 0)).toBe(
      idempotent.requests + other.requests,
    );
  });

  // A machine that is busy with other tests may spoil a suspicion, but not three in a row.
  test("is measured by k6 within what it says of its own doubt", { timeout: 180_000, retry: 2 }, async ({ skip }) => {
    if (found.k6 === null) return skip("there is no k6");
    const load = { engine: "k6", rate: "60/s", duration: "8s" };
    const { loads, truth } = await run(["--stale-reuse", "5%"], load, { PATHPROOF_K6: found.k6 });
    for (const target of targets) {
      const { all, seenBy } = ledgerOf(loads, target);
      expect(seenBy).toBe("virtual-user");
      const { reused = 0, reset = 0 } = truth[target] ?? {};
      expect(reset).toBeGreaterThan(5);
      for (const rate of [all.idempotent, all.other].filter(({ requests }) => requests > 50)) {
        expect(rate.low, target).toBeLessThanOrEqual(reset / reused);
        expect(rate.high, target).toBeGreaterThanOrEqual(reset / reused);
      }
      // What may not be sent again fails where it can be seen.
      expect(all.other.suspectedRetries, target).toBe(0);
    }
    // Whether it was sent again in silence or failed: of POST every one is seen.
    const direct = ledgerOf(loads, "orders-direct").all.other;
    expect({ reused: direct.requests, reset: direct.stale }).toEqual(truth["orders-direct"]);
    expect(ledgerOf(loads, "plain").all.idempotent.suspectedRetries).toBeGreaterThan(0);
  });
});

describe("a healthy lab", () => {
  test("shows the Node engine no stale reuse", { timeout: 120_000 }, async () => {
    const { loads, truth } = await run([], { engine: "node", rate: "50/s", duration: "3s" });
    expect(truth).toEqual({});
    for (const target of targets) {
      const ledger = ledgerOf(loads, target);
      expect(badIn(ledger), target).toBe(0);
      expect(Object.keys(ledger.connections.ends), target).toEqual(["open"]);
    }
  });

  test("gives k6 nothing to suspect", { timeout: 180_000, retry: 2 }, async ({ skip }) => {
    if (found.k6 === null) return skip("there is no k6");
    const load = { engine: "k6", rate: "50/s", duration: "3s" };
    const { loads } = await run([], load, { PATHPROOF_K6: found.k6 });
    for (const target of targets) {
      const ledger = ledgerOf(loads, target);
      expect(badIn(ledger), target).toBe(0);
      expect(reusedIn(ledger), target).toBeGreaterThan(50);
    }
  });
});
