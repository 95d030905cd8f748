import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Sample } from "#core/statistics/sample.ts";
import { ms, perSecond } from "#core/units.ts";
import { prepareScenario } from "#node/load/find-scenario.ts";
import { inspectScenario } from "#node/load/inspect-scenario.ts";
import type { K6Binary } from "#node/load/k6-binary/k6-binary.ts";
import type { K6Outcome } from "#node/load/k6-outcome.ts";
import { runK6 } from "#node/load/k6-run.ts";
import { k6BuildMs, loadPlan, olderK6, plannedTarget, realK6, scriptFile, temporaryFolder } from "../../support/k6.ts";
import { listenHttp } from "../../support/listen.ts";

const found: Record<"pinned" | "older", K6Binary | null> = { pinned: null, older: null };
beforeAll(async () => {
  found.pinned = await realK6();
  found.older = await olderK6();
}, k6BuildMs);

interface Ran {
  readonly outcome: K6Outcome;
  readonly samples: readonly Sample[];
  readonly warnings: readonly string[];
}

/** The scenario `steady` that comes along, for two seconds, half of the first a warm-up. */
async function runSteady(k6: K6Binary, port: number): Promise<Ran> {
  const plan = loadPlan([plannedTarget("one", port), plannedTarget("two", port)], {
    scenario: "steady",
    arrival: { kind: "open", rate: perSecond(60) },
    warmupMs: ms(500),
    durationMs: ms(1500),
  });
  const bundled = await prepareScenario("steady", await temporaryFolder());
  if (bundled.kind !== "ok") throw new Error(bundled.message);
  expect(await inspectScenario(k6, bundled.script, plan)).toMatchObject({ kind: "ok" });
  const samples: Sample[] = [];
  const warnings: string[] = [];
  const outcome = await runK6({
    k6,
    script: bundled.script,
    plan,
    credentials: null,
    caFile: null,
    outputs: [],
    scriptEnv: {},
    signal: new AbortController().signal,
    sink: {
      sample: (sample) => void samples.push(sample),
      ended: () => undefined,
      dropped: () => undefined,
      warning: (line) => void warnings.push(line),
    },
  });
  return { outcome, samples, warnings };
}

describe.each(["pinned", "older"] as const)("the %s k6", (which) => {
  test("runs a scenario that comes along, every request a sample of its target and phase", { timeout: 60_000 }, async ({
    skip,
  }) => {
    const k6 = found[which];
    if (k6 === null) return skip("there is no k6");
    let seen = 0;
    const { port } = await listenHttp((_request, response) => {
      seen += 1;
      response.end("hello");
    });
    const { outcome, samples, warnings } = await runSteady(k6, port);
    expect(outcome.kind, JSON.stringify(outcome)).toBe("finished");
    expect(warnings).toEqual([]);
    expect(samples).toHaveLength(seen);
    expect(samples.filter(({ failure }) => failure !== null)).toEqual([]);
    for (const target of ["one", "two"]) {
      const own = samples.filter((sample) => sample.target === target);
      expect(own.length).toBeGreaterThan(100);
      expect(own.length).toBeLessThanOrEqual(122);
      const warmup = own.filter(({ phase }) => phase === "warmup");
      expect(warmup.length).toBeGreaterThan(20);
      expect(warmup.length).toBeLessThanOrEqual(32);
      expect(own.every(({ responseMs, serviceMs }) => responseMs !== null && responseMs >= (serviceMs ?? 0))).toBe(
        true,
      );
    }
  });
});

describe("before a load, a script", () => {
  const inspect = async (script: string) => {
    const { pinned } = found;
    if (pinned === null) return null;
    return inspectScenario(pinned, await scriptFile(script), loadPlan([plannedTarget("one", 1)]));
  };

  test("that k6 cannot read is refused in k6's words", { timeout: 60_000 }, async () => {
    const refused = await inspect("export default function () { let let = 1; }");
    if (refused === null) return;
    expect(refused).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("SyntaxError: let is disallowed"),
    });
  });

  test("that needs so many virtual users says so", { timeout: 60_000 }, async () => {
    const inspected = await inspect("export const options = { vus: 7, duration: '1s' }; export default function () {}");
    if (inspected === null) return;
    expect(inspected).toEqual({ kind: "ok", vusMax: 7 });
  });

  test("that never ends being read is given up", { timeout: 60_000 }, async () => {
    const { pinned } = found;
    if (pinned === null) return;
    const folder = await temporaryFolder();
    const script = join(folder, "endless.js");
    await writeFile(script, "for (;;) {}\nexport default function () {}");
    const plan = loadPlan([plannedTarget("one", 1)]);
    expect(await inspectScenario(pinned, script, plan, {}, { deadlineMs: 2000 })).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("within 2 s"),
    });
    // And by the system, when nobody is left who could.
    expect(await inspectScenario(pinned, script, plan, {}, { cpuSecondsMax: 1 })).toMatchObject({
      kind: "broken",
      message: expect.stringContaining("killed by SIGKILL"),
    });
  });
});
