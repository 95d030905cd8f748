import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { program } from "../support/cli.ts";
import { healthyNetworks, type NetworkFault, networkFaults } from "../support/network/faults.ts";
import { canMakeNetworks } from "../support/network/namespaces.ts";
import { raiseSite, type Site } from "../support/network/site.ts";
import { type Walked, walk } from "../support/network/walk.ts";

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
});
