import { createApp } from "./app/create-app.ts";
import { createMarks } from "./app/echo-marks.ts";
import { stsApp } from "./app/sts-app.ts";
import { createAuthority } from "./ca/authority.ts";
import { createCallers, type LabCaller } from "./callers.ts";
import { startDns } from "./dns/server.ts";
import { createZone, type Name } from "./dns/zone.ts";
import { faults } from "./faults/index.ts";
import type { Stoppable } from "./front/listener.ts";
import type { StaleReuseCounts } from "./front/stale-reuse.ts";
import { labConfig, type Opened } from "./lab-config.ts";
import { LabProblem } from "./lab-problem.ts";
import { makeCredentials } from "./make-credentials.ts";
import { policyTexts } from "./policy-files.ts";
import { type LabRole, labRoles, profileOf, sessionOf } from "./principals.ts";
import { raiseFronts, type Site } from "./raise-fronts.ts";
import { type FaultRequest, type FaultSelection, selectFaults } from "./select-faults.ts";
import { labRegion, labTargets, stsTarget } from "./targets.ts";
import type { LabCredentials, PolicyFiles, Surroundings } from "./world.ts";
import { writeFiles } from "./write-files.ts";

export interface LabOptions {
  /** What AWS's timers are multiplied by; 1 is their real length. */
  readonly timeScale: number;
  readonly faults: readonly FaultRequest[];
  /** Null: the lab's own policies. */
  readonly policies: PolicyFiles | null;
  /** Which share of the requests on reused connections finds them dead; null: none. The same ones for the same seed. */
  readonly staleReuse: { readonly share: number; readonly seed: number } | null;
  /** Where config, CA certificate and credentials are written. Made, and removed again, where there is none. */
  readonly directory: string;
}

export interface Lab {
  /** Absolute; a config with all of the lab's targets. */
  readonly configFile: string;
  readonly env: Readonly<
    Record<"AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "AWS_SESSION_TOKEN" | "AWS_REGION", string>
  >;
  readonly targets: readonly Opened[];
  /** `address:port`. */
  readonly dnsServer: string;
  /** What the lab did to reused connections so far, by target; empty where it was not asked to. */
  staleReuse(): Readonly<Record<string, StaleReuseCounts>>;
  /** Ends every connection and listener and removes the files. */
  stop(): Promise<void>;
}

export type LabStart =
  | { readonly kind: "started"; readonly lab: Lab }
  /** `usage`: it was asked for something there is not; `environment`: this machine cannot do it. */
  | { readonly kind: "refused"; readonly why: "usage" | "environment"; readonly message: string };

/** Starts the lab: an authority, a DNS server and a front per target, on loopback only. */
export async function startLab(options: LabOptions): Promise<LabStart> {
  const selection = selectFaults(options.faults, labTargets, faults);
  if (selection.kind === "refused") return { ...selection, why: "usage" };
  const profiled = labRoles.filter(({ by }) => by === "profile").map(makeCaller);
  const world = {
    timeScale: options.timeScale,
    credentials: makeCredentials(),
    endedCredentials: makeCredentials(),
    marks: createMarks(),
    policies: options.policies,
    staleReuse: options.staleReuse,
    callers: createCallers(profiled),
    others: Object.fromEntries(profiled.map(({ name, credentials }) => [profileOf({ name }), credentials])),
  };
  const sites = createSites(selection, world);
  if (typeof sites === "string") return { kind: "refused", why: "usage", message: sites };
  try {
    return { kind: "started", lab: await raiseLab(sites, world, options.directory) };
  } catch (error) {
    if (error instanceof LabProblem) return { kind: "refused", why: "environment", message: error.message };
    throw error;
  }
}

interface World extends Omit<Surroundings, "effects"> {
  /** Credentials of further principals, by profile. */
  readonly others: Readonly<Record<string, LabCredentials>>;
}

const makeCaller = (role: LabRole): LabCaller => ({
  name: role.name,
  principal: sessionOf(role, "check"),
  credentials: makeCredentials(),
  identity: role.identity,
});

/** STS is no target: it only gives out sessions, and what is wrong with the targets is not wrong with it. */
const stsSite = (world: World): Site => {
  const surroundings = { ...world, effects: {} };
  return { target: stsTarget, surroundings, app: stsApp(surroundings) };
};

/** The targets with their applications, or what is wrong with the policies these are to evaluate. */
function createSites(selection: Extract<FaultSelection, { kind: "selected" }>, world: World): readonly Site[] | string {
  try {
    return labTargets.map((target) => {
      const surroundings = { ...world, effects: selection.effectsOf(target) };
      return { target, surroundings, app: createApp(target, surroundings) };
    });
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

async function raiseLab(sites: readonly Site[], world: World, directory: string): Promise<Lab> {
  const trusted = await createAuthority("pathproof lab");
  const unknown = await createAuthority("somebody else's authority");
  const stsAt = stsSite(world);
  const running: Stoppable[] = [];
  const stop = once(() => Promise.all(running.map((part) => part.stop())));
  try {
    const dns = await startDns(createZone([...sites, stsAt].flatMap(namesOf)));
    running.push(dns);
    const fronts = await raiseFronts(sites, { trusted, unknown });
    running.push(fronts);
    const sts = await raiseFronts([stsAt], { trusted, unknown });
    running.push(sts);
    const config = labConfig(fronts.opened, {
      dnsServer: dns.server,
      sts: `https://${stsTarget.hostname}:${sts.opened[0]?.port}`,
      timeScale: world.timeScale,
      ownPolicies: world.policies !== null,
      outdated: (target) =>
        sites.some((site) => site.target === target && site.surroundings.effects.policy === "file-outdated"),
    });
    const written = await writeFiles(directory, {
      ...world,
      config,
      authorityPem: trusted.certificatePem,
      policies: policyTexts(world.policies),
    });
    running.push({ stop: written.remove });
    const { configFile } = written;
    return {
      configFile,
      env: environment(world.credentials),
      targets: fronts.opened,
      dnsServer: dns.server,
      staleReuse: fronts.staleReuse,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** However often it is asked for, it happens once, and all wait for it. */
function once(work: () => Promise<unknown>): () => Promise<void> {
  let done: Promise<unknown> | null = null;
  return async () => {
    done ??= work();
    await done;
  };
}

const namesOf = ({ target, surroundings }: Site): readonly Name[] =>
  [target.hostname, ...target.otherNames].map((name) => ({
    name,
    addresses: target.addresses,
    effect: surroundings.effects.dns ?? null,
  }));

const environment = ({ accessKeyId, secretAccessKey, sessionToken }: LabCredentials): Lab["env"] => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
  AWS_REGION: labRegion,
});
