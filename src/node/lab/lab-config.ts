import { stringify } from "yaml";
import { findKind } from "#core/targets/index.ts";
import { labRegion } from "./targets.ts";
import type { LabTarget } from "./world.ts";

export interface Opened {
  readonly target: LabTarget;
  readonly port: number;
}

/** Names of the files beside the config, which it refers to. */
export const files = { config: "pathproof.yaml", authority: "ca.pem", credentials: "credentials" } as const;
export const profiles = { valid: "lab", ended: "lab-ended" } as const;

const comment = `# Written by \`pathproof lab\`: loopback stand-ins, good for as long as that lab runs.
# The credentials beside it are made up; they open nothing anywhere else.
`;

/** The config of a running lab, as YAML. @param timeScale what AWS's timers are multiplied by */
export function labConfig(opened: readonly Opened[], dnsServer: string, timeScale: number): string {
  const config = {
    version: 1,
    region: labRegion,
    credentials: { profile: profiles.valid, file: `./${files.credentials}`, endedProfile: profiles.ended },
    network: { dns: [dnsServer], ca: `./${files.authority}` },
    targets: Object.fromEntries(
      opened.map(({ target, port }) => [target.id, { ...target.config(port), ...timeoutsOf(target, timeScale) }]),
    ),
    loads: loadsOf(oneOfEachKind(opened)),
    compare: { rate: "50/s", duration: "10s", margin: "2ms" },
    // Everything is on this machine: what takes longer is a fault, unless a test machine is busy with much else.
    deadlines: { dns: "2s", connect: "2s", tls: "3s", firstByte: "4s", total: "10s" },
  };
  return comment + stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Where time is scaled, the timers are not those that are published. */
function timeoutsOf({ kind }: LabTarget, timeScale: number) {
  const timers = findKind(kind)?.timers;
  const scaled = Object.entries({ integration: timers?.request, idle: timers?.idle }).flatMap(([name, timer]) =>
    timer ? [[name, `${Number((timer.value * timeScale).toFixed(3))}ms`]] : [],
  );
  return timeScale === 1 || scaled.length === 0 ? {} : { timeouts: Object.fromEntries(scaled) };
}

/** Ids. */
const oneOfEachKind = (opened: readonly Opened[]): readonly string[] =>
  opened
    .filter(({ target }, index) => opened.findIndex((other) => other.target.kind === target.kind) === index)
    .map(({ target }) => target.id);

function loadsOf(targets: readonly string[]) {
  const brief = { targets, duration: "5s", warmup: "1s" };
  // The lab shares its processors with the load: a bound that a busy machine keeps.
  const thresholds = ["p99 < 1s", "failures == 0", "stale == 0"];
  return {
    "brief-node": { engine: "node", ...brief, rate: "20/s", thresholds },
    "brief-k6": { engine: "k6", ...brief, rate: "20/s", thresholds },
    "closed-node": { engine: "node", ...brief, connections: 2, thresholds },
  };
}
