import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Dropped } from "#core/plan/load-run.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { bundleScenario } from "#node/load/bundle-scenario.ts";
import { prepareScenario } from "#node/load/find-scenario.ts";
import type { K6Binary } from "#node/load/k6-binary/k6-binary.ts";
import type { K6Facts, K6RunOptions } from "#node/load/k6-outcome.ts";
import { runK6 } from "#node/load/k6-run.ts";
import { k6BuildMs, realK6, temporaryFolder } from "../support/k6.ts";

/** A test that needs a k6: skipped, loudly, where there is none. Call in a file's own scope. */
export function createK6Test(): (name: string, work: (k6: K6Binary) => Promise<void>) => void {
  const found: { k6: K6Binary | null } = { k6: null };
  beforeAll(async () => {
    found.k6 = await realK6();
  }, k6BuildMs);
  return (name, work) =>
    test(name, { timeout: 120_000 }, async ({ skip }) => {
      if (found.k6 === null) return skip("there is no k6");
      await work(found.k6);
    });
}

/** The bundle of one of our own scenarios, or of the text of one. */
export async function bundled(scenario: string): Promise<string> {
  const folder = await temporaryFolder();
  const made = scenario.includes("\n") ? await ofText(scenario, folder) : await prepareScenario(scenario, folder);
  if (made.kind === "refused") throw new Error(made.message);
  return made.script;
}

async function ofText(text: string, folder: string) {
  const file = join(folder, "mine.ts");
  await writeFile(file, text);
  return bundleScenario(file, join(folder, "dist"));
}

export interface Ran {
  readonly facts: K6Facts;
  readonly samples: readonly Sample[];
  readonly measured: readonly Sample[];
  readonly dropped: readonly Dropped[];
  readonly failures: Readonly<Record<string, number>>;
}

/** Runs a scenario as `pathproof run` does; fails the test unless it ran to its end. */
export async function runScenario(
  k6: K6Binary,
  scenario: string,
  plan: LoadPlan,
  options: Partial<K6RunOptions> = {},
): Promise<Ran> {
  const samples: Sample[] = [];
  const dropped: Dropped[] = [];
  const warnings: string[] = [];
  const outcome = await runK6({
    k6,
    script: await bundled(scenario),
    plan,
    credentials: null,
    caFile: null,
    outputs: [],
    scriptEnv: {},
    signal: new AbortController().signal,
    sink: {
      sample: (sample) => samples.push(sample),
      ended: () => {},
      dropped: (one) => dropped.push(one),
      warning: (line) => warnings.push(line),
    },
    ...options,
  });
  if (outcome.kind !== "finished") throw new Error(`${JSON.stringify(outcome)} ${warnings.join("\n")}`);
  expect(outcome.facts.untagged).toBe(0);
  const failures: Record<string, number> = {};
  for (const { failure } of samples) if (failure !== null) failures[failure] = (failures[failure] ?? 0) + 1;
  const measured = samples.filter(({ phase }) => phase === "measured");
  return { facts: outcome.facts, samples, measured, dropped, failures };
}
