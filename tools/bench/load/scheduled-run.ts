// One load at a known schedule, by either engine as `pathproof run` uses it, every request with its number in its path.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { createTally } from "#core/statistics/tally.ts";
import type { TargetTally } from "#core/statistics/target-tally.ts";
import { perSecond } from "#core/units.ts";
import { bundleScenario } from "#node/load/bundle-scenario.ts";
import type { K6Binary } from "#node/load/k6-binary/k6-binary.ts";
import { provideK6 } from "#node/load/k6-binary/provide-k6.ts";
import { runK6 } from "#node/load/k6-run.ts";
import { planOf, root, runOurs } from "./ours.ts";
import { type Delay, type Logged, startScheduled } from "./scheduled-server.ts";

export interface Course {
  readonly rate: number;
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly delay: Delay;
}

export interface Ran {
  readonly tally: TargetTally;
  readonly log: readonly Logged[];
}

/** Sends `/0`, `/1` and so on. @param count how many a plan that lists them must hold */
export type Engine = (planWith: (count: number) => LoadPlan) => Promise<TargetTally>;

export const nodeEngine =
  (program: string): Engine =>
  (planWith) =>
    runOurs(program, planWith(Number.POSITIVE_INFINITY));

/** Null, loudly, where there is none. */
export async function k6Engine(): Promise<Engine | null> {
  const k6 = await provideK6({ env: process.env, onProgress: (line) => console.error(`bench: ${line}`) });
  if (k6.kind === "ok") return (planWith) => runOnK6(k6, planWith(1));
  console.error(`bench: LEFT OUT: k6: ${k6.message}`);
  return null;
}

/** Each virtual user reads the plan: one that lists every request would take all the memory there is. */
const numbered = `import { iteration, send, workload } from ${JSON.stringify(join(root, "src/k6/index.ts"))};
export const options = workload();
export default iteration(({ target, number }) => {
  send(target, { ...target.requests[0], path: "/" + number });
});
`;

async function runOnK6(k6: K6Binary, plan: LoadPlan): Promise<TargetTally> {
  const folder = mkdtempSync(join(tmpdir(), "pathproof-bench-k6-"));
  try {
    const file = join(folder, "numbered.ts");
    writeFileSync(file, numbered);
    const bundled = await bundleScenario(file, join(folder, "dist"));
    if (bundled.kind === "refused") throw new Error(bundled.message);
    const tally = createTally(plan);
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
        sample: (sample) => tally.add(sample),
        ended: () => {},
        dropped: ({ target, phase, count }) => tally.drop(target, phase, count),
        warning: (line) => console.error(line),
      },
    });
    const [own] = tally.targets;
    if (outcome.kind !== "finished" || own === undefined) throw new Error(JSON.stringify(outcome));
    return own;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function runCourse(engine: Engine, { rate, warmupMs, durationMs, delay }: Course): Promise<Ran> {
  const server = await startScheduled(delay);
  const arrival = { kind: "open", rate: perSecond(rate) } as const;
  const all = Math.ceil((rate * (warmupMs + durationMs)) / 1000);
  const tally = await engine((count) => {
    const requests = Math.min(count, all);
    return planOf({ port: server.port, arrival, warmupMs, durationMs, requests, path: (n) => `/${n}` });
  });
  return { tally, log: await server.log() };
}
