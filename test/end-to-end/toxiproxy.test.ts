import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { program } from "../support/cli.ts";
import { checkAt, deadlines, type Walked } from "../support/network/walk.ts";
import { provideMs } from "../support/provided.ts";
import { type ToxicRow, toxicRows } from "../support/toxiproxy/rows.ts";
import { startToxicLab, type ToxicLab } from "../support/toxiproxy/toxic-lab.ts";
import { toxiproxyProgram } from "../support/toxiproxy/toxiproxy.ts";

const toxiproxy = await toxiproxyProgram();

describe.skipIf(toxiproxy === null)("toxiproxy between client and lab", () => {
  // Mostly waiting for deadlines.
  const limit = pLimit(5);
  const walks = new Map<string, Promise<Walked>>();
  let toxic: ToxicLab;

  beforeAll(async () => {
    toxic = await startToxicLab(toxiproxy ?? "");
    for (const row of toxicRows) {
      const walked = limit(async () => {
        const config = await toxic.wayTo(row.target, row.toxics, { deadlines });
        return checkAt([process.execPath], program, config);
      });
      // A walk that fails must fail its own test, not the whole process.
      walked.catch(() => {});
      walks.set(row.name, walked);
    }
  }, provideMs);
  afterAll(async () => {
    await Promise.allSettled(walks.values());
    await toxic.stop();
  });

  async function walkOf({ name }: ToxicRow): Promise<Walked> {
    const walked = await walks.get(name);
    if (walked === undefined) throw new Error(`${name} was not walked`);
    return walked;
  }

  test.each(toxicRows)("$name: $cause", { timeout: 120_000 }, async (row) => {
    const { named, code, report } = await walkOf(row);
    const odd = report.checks.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive");
    if (row.cause === null) expect(odd).toEqual([]);
    expect(named).toBe(row.cause);
    expect(code).toBe(row.cause === null ? 0 : 1);
  });
});
