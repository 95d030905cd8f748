import { defaultPrincipal } from "#core/targets/access.ts";
import type { Target } from "#core/targets/target.ts";
import { compareSettings } from "./compare.ts";
import type { Config, Limits, Load } from "./config.ts";
import { credentialsSource } from "./credentials.ts";
import { deadlinesDefault, mergeDeadlines } from "./deadlines.ts";
import { resolvePath } from "./file-path.ts";
import { limitsDefault } from "./limits.ts";
import { checkLoad, type LoadSurroundings, loadsShape } from "./loads.ts";
import { makeTarget, type Surroundings } from "./make-target.ts";
import { unknownKeys } from "./object.ts";
import { readPrincipals } from "./principals.ts";
import { regionOfEnvironment } from "./region.ts";
import { root, targetsShape } from "./root.ts";
import { complaintsOf, isMapping, ok, type Read, valuesOf } from "./shape.ts";
import type { Environment } from "./substitute.ts";

export interface ParseContext {
  readonly env: Environment;
  /** The config's own, absolute: relative paths in it start there. */
  readonly directory: string;
}

/** Reads each section by itself, so that one that is wrong hides no other, and fits them together. */
export function assemble(input: Readonly<Record<string, unknown>>, { env, directory }: ParseContext): Read<Config> {
  const keys = unknownKeys(input, Object.keys(root), []);
  const version = root.version.read(input["version"], ["version"]);
  const region = root.region.read(input["region"], ["region"]);
  const credentials = root.credentials.read(input["credentials"], ["credentials"]);
  const network = root.network.read(input["network"], ["network"]);
  const deadlines = root.deadlines.read(input["deadlines"], ["deadlines"]);
  const guards = root.limits.read(input["limits"], ["limits"]);
  const limits = limitsOf(guards);
  const usualRegion = valueOrNull(region) ?? regionOfEnvironment(env);
  const own = valueOrNull(credentials);
  const source = credentialsSource(own, directory);
  const principals = readPrincipals(input["principals"], { directory, region: usualRegion, credentials: source });
  const around: Surroundings = {
    region: usualRegion,
    deadlines: mergeDeadlines(valueOrNull(deadlines), deadlinesDefault),
    pins: valueOrNull(network)?.resolve ?? {},
    limits,
    // A target may name a principal that has problems of its own.
    principals: [defaultPrincipal, ...namesIn(input["principals"])],
    callers: {
      ...(own?.arn == null ? {} : { [defaultPrincipal]: { arn: own.arn, sessionName: null } }),
      ...valueOrNull(principals)?.callers,
    },
  };
  const targets = readTargets(input["targets"], around);
  const compare = comparing(root.compare.read(input["compare"], ["compare"]), limits, around.principals);
  // A load may name a target or a principal that has problems of its own.
  const targetIds = namesIn(input["targets"]);
  const loads = readLoads(input["loads"], { targetIds, principals: around.principals, limits });
  const wrong = complaintsOf([
    ...[keys, version, region, credentials, principals, network, ...targets, ...loads, compare, deadlines, guards],
  ]);
  if (wrong !== null) return wrong;
  if (compare.kind !== "ok") return compare;
  if (principals.kind !== "ok") return principals;
  const ca = valueOrNull(network)?.ca ?? null;
  return ok({
    region: around.region,
    credentials: source,
    principals: principals.value.principals,
    network: {
      resolve: around.pins,
      dns: valueOrNull(network)?.dns ?? null,
      caFile: ca === null ? null : resolvePath(directory, ca),
    },
    targets: valuesOf(targets),
    loads: valuesOf(loads),
    compare: compare.value,
    limits,
  });
}

const valueOrNull = <T>(read: Read<T>): T | null => (read.kind === "ok" ? read.value : null);

/** Where the limits cannot be read, what else is wrong is judged by the usual ones. */
function limitsOf(read: ReturnType<typeof root.limits.read>): Limits {
  const written = valueOrNull(read);
  if (written === null) return limitsDefault;
  return { maxRate: written.maxRate, maxDurationMs: written.maxDuration, allow: written.allow };
}

const namesIn = (input: unknown): readonly string[] => (isMapping(input) ? Object.keys(input) : []);

const comparing = (read: ReturnType<typeof root.compare.read>, limits: Limits, principals: readonly string[]) =>
  read.kind === "ok" ? compareSettings(read.value, limits, principals) : read;

const readTargets = (input: unknown, around: Surroundings): readonly Read<Target>[] =>
  targetsShape
    .readEach(input, ["targets"])
    .map((read) => (read.kind === "ok" ? makeTarget(read.value.name, read.value.value, around) : read));

function readLoads(input: unknown, around: LoadSurroundings): readonly Read<Load>[] {
  if (input === undefined || input === null) return [];
  return loadsShape
    .readEach(input, ["loads"])
    .map((read) => (read.kind === "ok" ? checkLoad(read.value, around) : read));
}
