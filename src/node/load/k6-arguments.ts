import { protocolTag, systemTags } from "#core/plan/k6-metrics.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { speaksH2 } from "./http-version.ts";

export interface Arguments {
  readonly script: string;
  readonly plan: LoadPlan;
  readonly secretsFile: string | null;
  readonly outputs: readonly string[];
  readonly scriptEnv: Readonly<Record<string, string>>;
}

/** The command line, which anyone on the machine can read: no secret is in it. */
export const k6Arguments = ({ script, plan, secretsFile, outputs, scriptEnv }: Arguments): readonly string[] => [
  "run",
  "--quiet",
  "--no-color",
  "--no-usage-report",
  "--summary-mode=disabled",
  "--no-thresholds",
  "--log-format=json",
  "--include-system-env-vars=false",
  "--address=",
  `--system-tags=${[...systemTags, ...(speaksH2(plan) ? [protocolTag] : [])].join(",")}`,
  ...(secretsFile === null ? [] : [`--secret-source=url=config=${secretsFile}`]),
  "--out=csv=-",
  ...outputs.map((output) => `--out=${output}`),
  ...Object.entries(scriptEnv).flatMap(([name, value]) => ["-e", `${name}=${value}`]),
  script,
];

/** Why an output cannot be added; null when it can. */
export const refuseOutput = (output: string): string | null =>
  /^(?:csv|json)(?:=-?)?$/.test(output) || output === "-"
    ? `--out ${output} would write to standard output, where pathproof reads k6's samples; name a file`
    : null;
