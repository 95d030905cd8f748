import { stringify } from "yaml";
import type { Effects } from "./fault.ts";
import { timeoutsEntry } from "./lab-timeouts.ts";
import { policiesEntry } from "./policy-files.ts";
import { assumable, type LabRole, labRoles, profileOf } from "./principals.ts";
import { labRegion, labRole } from "./targets.ts";
import type { LabTarget } from "./world.ts";

export interface Opened {
  readonly target: LabTarget;
  readonly effects: Effects;
  readonly port: number;
}

/** What there is beside the targets. */
export interface Neighbourhood {
  /** `address:port`. */
  readonly dnsServer: string;
  /** STS's URL. */
  readonly sts: string;
  /** What AWS's timers are multiplied by. */
  readonly timeScale: number;
  /** Whether the user brought policies: then nobody knows beforehand who may do what. */
  readonly ownPolicies: boolean;
  /** Whether the files beside the config are older than what is deployed. */
  outdated(target: LabTarget): boolean;
}

/** Names of the files beside the config, which it refers to. */
export const files = { config: "pathproof.yaml", authority: "ca.pem", credentials: "credentials" } as const;
export const profiles = { valid: "lab", ended: "lab-ended" } as const;

const comment = `# Written by \`pathproof lab\`: loopback stand-ins, good for as long as that lab runs.
# The credentials beside it are made up; they open nothing anywhere else.
`;

/** The config of a running lab, as YAML. */
export function labConfig(opened: readonly Opened[], around: Neighbourhood): string {
  const config = {
    version: 1,
    region: labRegion,
    credentials: {
      profile: profiles.valid,
      file: `./${files.credentials}`,
      endedProfile: profiles.ended,
      arn: labRole,
    },
    principals: Object.fromEntries(labRoles.map((role) => [role.name, principalEntry(role, around)])),
    network: { dns: [around.dnsServer], ca: `./${files.authority}` },
    targets: Object.fromEntries(opened.map((one) => [one.target.id, entryOf(one, around)])),
    loads: loadsOf(oneOfEachKind(opened)),
    compare: { rate: "50/s", duration: "10s", margin: "2ms" },
    // Everything is on this machine: what takes longer is a fault, unless a test machine is busy with much else.
    deadlines: { dns: "2s", connect: "2s", tls: "3s", firstByte: "4s", total: "10s" },
  };
  return comment + stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });
}

function principalEntry(role: LabRole, { sts }: Neighbourhood) {
  return role.by === "profile"
    ? { profile: profileOf(role), file: `./${files.credentials}`, arn: role.arn }
    : { role: role.arn, from: "default", sessionName: "pathproof", externalId: assumable.externalId, endpoint: sts };
}

function entryOf({ target, effects, port }: Opened, { timeScale, ownPolicies, outdated }: Neighbourhood) {
  const { access } = target;
  const observed = access === null ? null : Object.fromEntries(Object.keys(access).map((name) => [name, "observed"]));
  const policies = policiesEntry(target, outdated(target));
  return {
    ...target.config(port),
    ...timeoutsEntry(target, effects, timeScale),
    ...(access === null ? {} : { access: ownPolicies ? observed : access }),
    ...(policies === undefined ? {} : { policies }),
  };
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
