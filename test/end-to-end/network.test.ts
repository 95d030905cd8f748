import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { program } from "../support/cli.ts";
import { healthyNetworks, idleFlowDropped, type NetworkFault, networkFaults } from "../support/network/faults.ts";
import { canMakeNetworks } from "../support/network/namespaces.ts";
import { raiseSite, type Site } from "../support/network/site.ts";
import { deadlines, inNamespace, runWords, type Walked, walk } from "../support/network/walk.ts";
import { makeWay } from "../support/network/way.ts";

describe.skipIf(!canMakeNetworks())("a real network between client and lab", () => {
  // Mostly waiting for deadlines, each in namespaces of its own.
  const limit = pLimit(5);
  const walks = new Map<string, Promise<Walked>>();
  let site: Site;

  beforeAll(async () => {
    site = await raiseSite(program);
    for (const one of [...networkFaults, ...healthyNetworks]) {
      const walked = limit(() => walk({ site, program }, one));
      // A walk that fails must fail its own test, not the whole process.
      walked.catch(() => {});
      walks.set(one.name, walked);
    }
  });
  afterAll(async () => {
    await Promise.allSettled(walks.values());
    await site.stop();
  });

  async function walkOf({ name }: Pick<NetworkFault, "name">): Promise<Walked> {
    const walked = await walks.get(name);
    if (walked === undefined) throw new Error(`${name} was not walked`);
    return walked;
  }

  test.each(networkFaults)("$name is named $cause first", { timeout: 120_000 }, async ({ name, cause }) => {
    const { named, code } = await walkOf({ name });
    expect(named).toBe(cause);
    expect(code).toBe(1);
  });

  test.each(healthyNetworks)("$name: no alarm", { timeout: 120_000 }, async ({ name }) => {
    const { report, code } = await walkOf({ name });
    expect(report.checks.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive")).toEqual([]);
    expect(code).toBe(0);
  });

  test("a flow that a firewall forgets after 3 s without a word is measured as that", {
    timeout: 120_000,
  }, async () => {
    const { client, close } = makeWay(site.server, idleFlowDropped);
    const out = join(mkdtempSync(join(tmpdir(), "pathproof-idle-")), "run");
    try {
      const config = site.configFor("idle", ["orders-alb"], { deadlines, byName: false });
      const words = ["keepalive", "--only", "idle", "--max-idle", "8s", "--quiet", "-c", config, "--out", out];
      const { code } = await runWords([...inNamespace(client), program, ...words]);
      const report: RunReport = JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
      const failed = report.checks.filter(({ verdict }) => verdict === "fail");
      expect(failed.map(({ check, cause }) => [check, cause?.code])).toEqual([
        ["idle-connections-live-as-expected", "idle-shorter-than-expected"],
      ]);
      expect(failed[0]?.cause?.evidence.join(" ")).toContain("forgotten without a word");
      expect(failed[0]?.measures["idleMsLongestSurvived"]).toBeLessThanOrEqual(3100);
      expect(failed[0]?.measures["idleMsShortestClosed"]).toBeGreaterThanOrEqual(2900);
      expect(code).toBe(1);
    } finally {
      close();
      rmSync(join(out, ".."), { recursive: true, force: true });
    }
  });
});
