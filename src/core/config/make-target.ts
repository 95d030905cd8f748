import type { Callers } from "#core/targets/access.ts";
import { isAllowed, isIpAddress } from "#core/targets/address-class.ts";
import type { Configured } from "#core/targets/fields.ts";
import type { Deadlines, SigningScope, Target, TargetRequest } from "#core/targets/target.ts";
import { readAccess } from "./access.ts";
import type { Limits } from "./config.ts";
import { mergeDeadlines } from "./deadlines.ts";
import { readPolicies } from "./policies.ts";
import type { Path } from "./problem.ts";
import { mergeRequest, type WrittenRequest } from "./request.ts";
import { complaintsOf, ok, type Read, refuse, valuesOf } from "./shape.ts";
import type { TargetEntry } from "./target-entry.ts";
import { timeoutsOf } from "./timeouts.ts";

/** What the rest of the config has to say of every target. */
export interface Surroundings {
  readonly region: string | null;
  readonly deadlines: Deadlines;
  /** By DNS name. */
  readonly pins: Readonly<Record<string, readonly string[]>>;
  readonly limits: Limits;
  /** Names, `default` among them. */
  readonly principals: readonly string[];
  /** By principal. */
  readonly callers: Callers;
}

/** A target from its entry, or whatever does not fit together in it. */
export function makeTarget(id: string, entry: TargetEntry, around: Surroundings): Read<Target> {
  const path = ["targets", id];
  const deadlines = mergeDeadlines(entry.deadlines, around.deadlines);
  const place = entry.kind.configure({
    values: entry.values,
    region: entry.region ?? around.region,
    echo: entry.echo,
    deadlines,
  });
  if (place.kind === "problem") return refuse([...path, place.field], place.expected);
  const auth = entry.auth ?? entry.kind.authDefault;
  const signing = auth === "iam" ? signingOf(entry, place, around.region, path) : unsigned(entry, path);
  const requests = requestsOf(entry, place, auth, path);
  const who = whoMay(entry, place, requests, auth, around, path);
  const pinned = pinsOf(place.origin.host, around);
  const wrong = complaintsOf([
    signing,
    requests,
    who,
    protocolFits(entry, place, path),
    addressAllowed(entry, place, around.limits, path),
    pinsAllowed(entry, pinned, around.limits),
  ]);
  if (wrong !== null) return wrong;
  if (signing.kind !== "ok" || requests.kind !== "ok" || who.kind !== "ok") return refuse(path, "a target");
  return ok({
    id,
    kind: entry.kind,
    origin: place.origin,
    hostHeader: place.hostHeader,
    serverName: place.serverName,
    auth,
    signing: signing.value,
    requests: requests.value,
    alsoAllowed: place.alsoAllowed,
    deadlines,
    timeouts: timeoutsOf(entry.timeouts),
    pinned: pinned?.addresses ?? null,
    protocol: entry.protocol,
    zonesExpected: place.zonesExpected,
    echo: place.echo,
    certificateDaysMin: entry.certificateDaysMin,
    ...who.value,
  });
}

/** Who may do what there, and the policies that say so. */
function whoMay(
  entry: TargetEntry,
  place: Configured,
  requests: Read<readonly TargetRequest[]>,
  auth: "iam" | "none",
  around: Surroundings,
  path: Path,
): Read<Pick<Target, "access" | "policies">> {
  const { access, policies } = entry;
  const { principals, callers } = around;
  if (access !== null && auth === "none")
    return refuse([...path, "access"], "no access where nothing is signed (auth: none): everyone is anonymous there");
  // What is wrong with the requests is told by them.
  const actions = requests.kind === "ok" ? [...requests.value, ...place.alsoAllowed] : null;
  const cells =
    access === null || actions === null ? ok(null) : readAccess(access, actions, principals, [...path, "access"]);
  const files =
    policies === null ? ok(null) : readPolicies(policies, entry.kind, { callers, principals }, [...path, "policies"]);
  if (cells.kind !== "ok" || files.kind !== "ok") return complaintsOf([cells, files]) ?? refuse(path, "a target");
  return ok({
    ...(cells.value === null ? {} : { access: cells.value }),
    ...(files.value === null ? {} : { policies: files.value }),
  });
}

/** The target's own Region goes first, then what its host name or ARN says, then the config's. */
function signingOf(entry: TargetEntry, place: Configured, configRegion: string | null, path: Path): Read<SigningScope> {
  const service = entry.service ?? entry.kind.signingService;
  const region = entry.region ?? place.signingRegion ?? configRegion;
  if (service !== null && region !== null) return ok({ service, region, payload: entry.kind.payload });
  return (
    complaintsOf([
      service === null
        ? refuse([...path, "service"], 'the service that auth: iam signs for, such as "execute-api"')
        : ok(null),
      region === null
        ? refuse(
            [...path, "region"],
            'the Region that auth: iam signs for, such as "eu-west-1", here or for the whole config',
          )
        : ok(null),
    ]) ?? refuse(path, "a target")
  );
}

const unsigned = ({ service }: TargetEntry, path: Path): Read<null> =>
  service === null
    ? ok(null)
    : refuse([...path, "service"], "no service where nothing is signed, or auth: iam beside it");

function requestsOf(
  entry: TargetEntry,
  place: Configured,
  auth: "iam" | "none",
  path: Path,
): Read<readonly [TargetRequest, ...TargetRequest[]]> {
  if (entry.request !== null && entry.requests !== null)
    return refuse([...path, "requests"], "either request or requests");
  const around = { place, auth, expect: entry.expect };
  const merge = (name: string, written: WrittenRequest | null, at: Path) => mergeRequest(name, written, at, around);
  const reads =
    entry.requests === null
      ? [merge("main", entry.request, [...path, "request"])]
      : entry.requests.map(({ name, value }) => merge(name, value, [...path, "requests", name]));
  const [main, ...others] = valuesOf(reads);
  return complaintsOf(reads) ?? (main === undefined ? refuse(path, "a request") : ok([main, ...others]));
}

const protocolFits = ({ protocol }: TargetEntry, { origin }: Configured, path: Path): Read<null> =>
  protocol === "h2" && origin.scheme === "http"
    ? refuse([...path, "protocol"], '"http/1.1" over http://: h2 is agreed on in the TLS handshake')
    : ok(null);

/** A literal address is judged at once; a name is judged when it is resolved. */
function addressAllowed({ kind, values }: TargetEntry, { origin }: Configured, limits: Limits, path: Path): Read<null> {
  if (!isIpAddress(origin.host) || isAllowed(origin.host, limits.allow, kind.privateRanges)) return ok(null);
  const field = kind.fields.find(({ name, type }) => type === "url" && values[name] !== undefined)?.name;
  return refuse(field === undefined ? path : [...path, field], allowedAddress);
}

const allowedAddress = "a private address, or one that limits.allow allows";

interface Pinned {
  readonly name: string;
  readonly addresses: readonly string[];
}

function pinsOf(host: string, { pins }: Surroundings): Pinned | null {
  const addresses = Object.hasOwn(pins, host) ? pins[host] : undefined;
  return addresses === undefined ? null : { name: host, addresses };
}

function pinsAllowed({ kind }: TargetEntry, pinned: Pinned | null, limits: Limits): Read<null> {
  const { name, addresses } = pinned ?? { name: "", addresses: [] };
  const path = ["network", "resolve", name];
  const reads = addresses.map((one, index) =>
    isAllowed(one, limits.allow, kind.privateRanges)
      ? ok(null)
      : refuse(addresses.length === 1 ? path : [...path, index], allowedAddress),
  );
  return complaintsOf(reads) ?? ok(null);
}
