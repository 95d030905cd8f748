import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { planVariable } from "#core/plan/credential-keys.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { scratchName } from "#core/plan/scratch-name.ts";
import { killedSentence } from "./exit-sentence.ts";
import { versionsAtOdds } from "./http-version.ts";
import type { K6Binary } from "./k6-binary/k6-binary.ts";
import { k6Environment } from "./k6-environment.ts";
import { createK6Log } from "./k6-log.ts";

export type Inspection =
  /** `vusMax`: how many virtual users it may need at most. */
  | { readonly kind: "ok"; readonly vusMax: number }
  | { readonly kind: "refused"; readonly message: string }
  /** It is not the script's fault. */
  | { readonly kind: "broken"; readonly message: string };

const usualDeadlineMs = 30_000;
/** Seconds of processor time, of all its threads together; what can be read takes less than one. */
const usualCpuMax = 60;

export interface InspectionLimits {
  readonly deadlineMs: number;
  readonly cpuSecondsMax: number;
}

/**
 * Lets k6 read the script with the plan and say what it would do, sending nothing. k6 goes on for ever, eating memory, at
 * some scripts it cannot parse: so this has a deadline, and no script is run that did not pass it.
 */
export async function inspectScenario(
  k6: K6Binary,
  script: string,
  plan: LoadPlan,
  scriptEnv: Readonly<Record<string, string>> = {},
  { deadlineMs = usualDeadlineMs, cpuSecondsMax = usualCpuMax }: Partial<InspectionLimits> = {},
): Promise<Inspection> {
  const odds = versionsAtOdds(plan);
  if (odds !== null) return { kind: "refused", message: odds };
  const folder = await mkdtemp(join(tmpdir(), scratchName("k6", hostname(), process.pid)));
  try {
    const planFile = join(folder, "plan.json");
    await writeFile(planFile, JSON.stringify(plan), { mode: 0o600 });
    const variables = Object.entries({ ...scriptEnv, [planVariable]: planFile });
    const args = [
      "inspect",
      "--execution-requirements",
      "--log-format=json",
      "--include-system-env-vars=false",
      ...variables.flatMap(([name, value]) => ["-e", `${name}=${value}`]),
      script,
    ];
    const [program, ...words] = limited([k6.path, ...args], cpuSecondsMax);
    const env = k6Environment(process.env, { folder, caFile: null, outputs: [], plan });
    return await inspect(program, words, env, deadlineMs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** So that the system ends it should we be killed meanwhile: it writes nothing, so it would never notice. */
function limited(command: readonly [string, ...string[]], cpuSecondsMax: number): readonly [string, ...string[]] {
  if (!existsSync(shell)) return command;
  return [shell, "-c", 'ulimit -t "$1" 2> /dev/null; shift; exec "$@"', "sh", String(cpuSecondsMax), ...command];
}

/** Not there on Windows, nor in every container. */
const shell = "/bin/sh";

function inspect(
  path: string,
  args: readonly string[],
  env: Record<string, string>,
  deadlineMs: number,
): Promise<Inspection> {
  return new Promise((done) => {
    const options = { env, timeout: deadlineMs, killSignal: "SIGKILL" as const, maxBuffer: 16 * 1024 * 1024 };
    execFile(path, [...args], options, (error, stdout, stderr) => {
      if (error === null) return done(readRequirements(stdout));
      if (error.killed === true)
        return done({ kind: "refused", message: `k6 could not read the script within ${deadlineMs / 1000} s.` });
      if (error.signal) return done({ kind: "broken", message: killedSentence(error.signal) });
      const log = createK6Log(() => undefined);
      log.push(Buffer.from(stderr));
      log.end();
      done({ kind: "refused", message: `k6 refuses the script: ${log.errors.join(" · ") || error.message}` });
    });
  });
}

function readRequirements(stdout: string): Inspection {
  const said: unknown = parse(stdout);
  if (said === null || typeof said !== "object") return { kind: "ok", vusMax: 0 };
  if ("scenarios" in said && isDefault(said.scenarios))
    return {
      kind: "refused",
      message:
        "the script says nothing of how much to send, and k6 would run it once: export const options = workload(); from pathproof/k6",
    };
  return { kind: "ok", vusMax: "maxVUs" in said ? Number(said.maxVUs) || 0 : 0 };
}

/** What k6 makes of a script without options: one iteration of one virtual user, neither of which is then named. */
const isDefault = (scenarios: unknown): boolean =>
  JSON.stringify(scenarios, (_, value: unknown) => value ?? undefined) ===
  '{"default":{"executor":"per-vu-iterations"}}';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
