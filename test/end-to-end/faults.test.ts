import pLimit from "p-limit";
import { beforeAll, describe, expect, test } from "vitest";
import { findCause } from "#core/causes/index.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { check, runCli, startLabProcess } from "../support/cli.ts";

interface FaultRow {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly cause: string;
}

interface Walked {
  readonly code: number | null;
  readonly report: RunReport;
}

const faults: readonly FaultRow[] = JSON.parse((await runCli(["lab", "--list-faults", "--json"])).stdout);

/** A lab of its own for the fault, checked from outside. */
async function walk({ name }: FaultRow): Promise<Walked> {
  const lab = await startLabProcess(["--fault", name]);
  try {
    const { code, report } = await check(lab.config);
    return { code, report };
  } finally {
    await lab.stop();
  }
}

describe("every fault of the lab", () => {
  // Mostly waiting for deadlines, so several at a time; each has a lab and a process of its own.
  const limit = pLimit(3);
  const walks = new Map<string, Promise<Walked>>();
  beforeAll(() => {
    for (const fault of faults) {
      const walked = limit(() => walk(fault));
      // A walk that fails must fail its own test, not the whole process.
      walked.catch(() => {});
      walks.set(fault.name, walked);
    }
  });

  test("there are 35 at the least, each for a known cause and a kind of the lab", () => {
    expect(faults.length).toBeGreaterThanOrEqual(35);
    expect(faults.filter(({ cause }) => findCause(cause) === null)).toEqual([]);
    expect(faults.filter(({ kinds }) => kinds.length === 0)).toEqual([]);
  });

  test.each(faults)("$name is named $cause first, and it exits 1", { timeout: 600_000 }, async ({ name, cause }) => {
    const walked = await walks.get(name);
    if (walked === undefined) throw new Error(`${name} was not walked`);
    const failed = walked.report.checks.filter(({ verdict }) => verdict === "fail");
    // Of every target that has the fault, the first failing check names the cause, and no other target fails.
    const firstOfTarget = new Map(failed.toReversed().map((one) => [one.target, one]));
    expect([...firstOfTarget.values()].map((one) => [one.target, one.check, one.cause?.code])).toEqual(
      [...firstOfTarget.values()].map((one) => [one.target, one.check, cause]),
    );
    expect(failed.length).toBeGreaterThan(0);
    expect(walked.code).toBe(1);
  });
});
