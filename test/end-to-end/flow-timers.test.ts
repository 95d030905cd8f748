import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "#core/reporters/run-report.ts";
import { program } from "../support/cli.ts";
import { canMakeNetworks } from "../support/network/namespaces.ts";
import { raiseSite, type Site } from "../support/network/site.ts";
import { deadlines, inNamespace, runWords } from "../support/network/walk.ts";
import { makeWay } from "../support/network/way.ts";

const flowMs = 3000;

/** A router that forgets flows after some seconds without a packet, and takes up none in the middle: as endpoints and NATs do. */
const forgetting = (then: string) => ({
  forward: `ct state invalid ${then}`,
  sysctl: [
    `net/netfilter/nf_conntrack_tcp_timeout_established=${flowMs / 1000}`,
    "net/netfilter/nf_conntrack_tcp_loose=0",
  ],
});

describe.skipIf(!canMakeNetworks())("a flow timer between client and lab", () => {
  let site: Site;
  beforeAll(async () => {
    site = await raiseSite(program);
  });
  afterAll(() => site.stop());

  async function keepalive(name: string, then: string): Promise<RunReport> {
    const way = makeWay(site.server, forgetting(then));
    const folder = mkdtempSync(join(tmpdir(), "pathproof-flow-"));
    try {
      const config = site.configFor(name, ["orders-alb"], { deadlines, byName: false });
      const out = join(folder, "run");
      const words = [program, "keepalive", "-c", config, "--only", "idle", "--max-idle", "8s", "--quiet", "--out", out];
      const { stderr } = await runWords([...inNamespace(way.client), ...words]);
      expect(stderr).toBe("");
      return JSON.parse(readFileSync(join(out, "report.json"), "utf8"));
    } finally {
      way.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  test.concurrent.each([
    ["silent", "drop"],
    ["rst-on-next-byte", "reject with tcp reset"],
  ] as const)(
    "that ends flows %s is found, and told from a server's: TCP keep-alive resets it",
    async (kind, then) => {
      const report = await keepalive(kind, then);
      const [idle] = report.keepalive?.[0]?.idle ?? [];
      expect(idle).toMatchObject({ closeKind: kind, exact: false, layer: "l4" });
      // The kernel counts in seconds of its own.
      expect(idle?.longestSurvivedMs).toBeLessThan(flowMs + 1500);
      expect(idle?.shortestClosedMs).toBeGreaterThan(flowMs - 200);
      const failed = report.checks.find(({ verdict }) => verdict === "fail");
      expect(failed?.cause?.code).toBe("idle-shorter-than-expected");
      expect(failed?.summary).toContain("TCP keep-alive resets");
    },
    120_000,
  );
});
