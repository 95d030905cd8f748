import { anonymousPrincipal, type Caller, type Callers, defaultPrincipal } from "#core/targets/access.ts";
import { classifyAddress, isIpAddress } from "#core/targets/address-class.ts";
import { parseUrl } from "#core/targets/url.ts";
import { ids, record } from "./collection.ts";
import type { CredentialsSource, NamedPrincipal } from "./config.ts";
import { profileName } from "./credentials.ts";
import { filePath, resolvePath } from "./file-path.ts";
import { object, optional, type Values } from "./object.ts";
import { principalArn, roleArn } from "./principal-arn.ts";
import type { Path } from "./problem.ts";
import { region } from "./region.ts";
import { text, url } from "./scalar.ts";
import { complaintsOf, isMapping, ok, type Read, refine, refuse, type Shape, valuesOf } from "./shape.ts";
import { oneOf, perhaps } from "./suggest.ts";

/** The answer of STS holds credentials: plain HTTP is for stand-ins on this machine. */
const stsEndpoint: Shape<string> = refine(
  url("https://vpce-0123.sts.eu-west-1.vpce.amazonaws.com"),
  (written, path) => {
    const parsed = parseUrl(written);
    const host = parsed?.origin.host ?? "";
    const here = isIpAddress(host) && classifyAddress(host) === "loopback";
    if (parsed?.path !== "") return refuse(path, "a URL without a path");
    return parsed.origin.scheme === "https" || here
      ? ok(written)
      : refuse(path, "an https:// URL: what STS answers are credentials (http:// only to a loopback address)");
  },
);

const fields = {
  profile: optional(profileName, "A profile of the shared credentials file."),
  file: optional(filePath("./credentials"), "With `profile`: a shared credentials file other than the usual one."),
  env: optional(
    text({
      expected: 'the beginning of environment variables\' names, such as "CI_AWS"',
      pattern: /^[A-Za-z_]\w*$/,
      example: "CI_AWS",
    }),
    "What the names of environment variables begin with: CI_AWS for CI_AWS_ACCESS_KEY_ID, CI_AWS_SECRET_ACCESS_KEY and, where there is one, CI_AWS_SESSION_TOKEN.",
  ),
  role: optional(roleArn, "A role to assume through STS."),
  from: optional(
    text({ expected: "the name of a principal", pattern: /^[\w.-]{1,64}$/, example: "default" }),
    "With `role`: the principal that assumes it; `default` unless said.",
  ),
  sessionName: optional(
    text({
      expected: "a session's name: 2 to 64 letters, digits and any of + = , . @ - _",
      pattern: /^[\w+=,.@-]{2,64}$/,
      example: "pathproof",
    }),
    "With `role`: the name of the session; pathproof unless said.",
  ),
  externalId: optional(
    text({
      expected: "an external id: 2 to 1224 letters, digits and any of + = , . @ : / - _",
      pattern: /^[\w+=,.@:/-]{2,1224}$/,
      example: "orders-2026",
    }),
    "With `role`: what its trust policy demands as sts:ExternalId.",
  ),
  endpoint: optional(
    stsEndpoint,
    "With `role`: where STS is asked; the Region's own unless said. A subnet without egress reaches STS by its own interface endpoint.",
  ),
  region: optional(region, "With `role`: the Region whose STS is asked; the config's unless said."),
  arn: optional(principalArn, "Whom the credentials belong to; only for policies to be evaluated offline."),
};

type Written = Values<typeof fields>;

const ways = ["profile", "role", "env"] as const;
const withProfile = ["file"] as const;
const withRole = ["from", "sessionName", "externalId", "endpoint", "region"] as const;

const entry = object(fields);

/** Exactly one way to come by credentials, and nothing that belongs to another. */
const principal: Shape<Written> = {
  schema: { ...entry.schema, oneOf: ways.map((way) => ({ required: [way] })) },
  read(input, path) {
    const read = entry.read(input, path);
    return read.kind === "ok" ? oneWay(read.value, path) : read;
  },
};

function oneWay(value: Written, path: Path): Read<Written> {
  const given = ways.filter((way) => value[way] !== null);
  if (given.length !== 1) return refuse(path, `exactly one of ${oneOf(ways)}`);
  const astray = [
    ...(value.profile === null ? withProfile.filter((name) => value[name] !== null) : []),
    ...(value.role === null ? withRole.filter((name) => value[name] !== null) : []),
  ];
  const sessionTold = value.role !== null && value.arn !== null;
  return (
    complaintsOf([
      ...astray.map((name) => refuse([...path, name], `no ${name} here: it belongs to ${belongs(name)}`)),
      ...(sessionTold ? [refuse([...path, "arn"], "no arn beside role: it follows from role and sessionName")] : []),
    ]) ?? ok(value)
  );
}

const belongs = (name: string): string => (name === "file" ? "profile" : "role");

export const principalsShape = record(ids("principal"), principal, null);

export interface PrincipalsRead {
  readonly principals: readonly NamedPrincipal[];
  /** By name, as far as the config tells. */
  readonly callers: Callers;
}

export interface PrincipalsAround {
  readonly directory: string;
  /** Of the config or the environment. */
  readonly region: string | null;
  /** What `credentials` comes to. */
  readonly credentials: CredentialsSource;
}

type Entries = readonly { readonly name: string; readonly value: Written }[];

/** Every principal with the source of its credentials, or all that is wrong with them and does not fit together. */
export function readPrincipals(input: unknown, around: PrincipalsAround): Read<PrincipalsRead> {
  if (input === undefined || input === null) return ok({ principals: [], callers: {} });
  const each = principalsShape.readEach(input, ["principals"]);
  const fitted = fitTogether(valuesOf(each), isMapping(input) ? Object.keys(input) : [], around);
  return complaintsOf([...each, fitted]) ?? fitted;
}

/** `names`: of all that are written, those that cannot be read too. */
function fitTogether(entries: Entries, names: readonly string[], around: PrincipalsAround): Read<PrincipalsRead> {
  // Neither is to be defined.
  const reserved = entries.filter(({ name }) => reservedNames.includes(name));
  const taken = reserved.map(({ name }) => refuse(["principals", name], takenFor(name), `"${name}"`));
  const reads = entries
    .filter((one) => !reserved.includes(one))
    .map(({ name }) => {
      const source = sourceOf(name, { entries, names, around }, []);
      return source.kind === "ok" ? ok({ name, source: source.value }) : source;
    });
  const callers = entries.flatMap(({ name, value }): readonly (readonly [string, Caller])[] => {
    if (value.role !== null) return [[name, { arn: value.role, sessionName: sessionNameOf(value) }]];
    return value.arn === null ? [] : [[name, { arn: value.arn, sessionName: null }]];
  });
  return (
    complaintsOf([...taken, ...reads]) ?? ok({ principals: valuesOf(reads), callers: Object.fromEntries(callers) })
  );
}

const reservedNames: readonly string[] = [defaultPrincipal, anonymousPrincipal];

const takenFor = (name: string): string =>
  name === defaultPrincipal
    ? "another name: `default` is the principal of `credentials`"
    : "another name: `anonymous` is the caller who does not sign";

const sessionNameOf = ({ sessionName }: Written): string => sessionName ?? "pathproof";

interface Among {
  readonly entries: Entries;
  readonly names: readonly string[];
  readonly around: PrincipalsAround;
}

/** `through`: the names that led here, so that a circle is told and not walked. */
function sourceOf(name: string, among: Among, through: readonly string[]): Read<CredentialsSource> {
  const { entries, names, around } = among;
  if (name === defaultPrincipal) return ok(around.credentials);
  const value = entries.find((one) => one.name === name)?.value;
  const asker = through.at(-1) ?? name;
  const known = [defaultPrincipal, ...names.filter((one) => !reservedNames.includes(one))];
  const at = ["principals", asker, "from"];
  // What is wrong with that one is told of it.
  if (value === undefined && names.includes(name)) return ok(around.credentials);
  if (value === undefined) return refuse(at, `${oneOf(known)}${perhaps(name, known)}`);
  if (through.includes(name)) return refuse(at, `a principal that is not itself made from ${asker}`);
  if (value.profile !== null) {
    const file = value.file === null ? null : resolvePath(around.directory, value.file);
    return ok({ kind: "profile", profile: value.profile, file, endedProfile: null });
  }
  if (value.env !== null) return ok({ kind: "environment", prefix: value.env });
  const from = sourceOf(value.from ?? defaultPrincipal, among, [...through, name]);
  if (from.kind !== "ok") return from;
  const region = value.region ?? around.region;
  if (region === null)
    return refuse(["principals", name, "region"], 'the Region whose STS is asked, such as "eu-west-1"', "nothing");
  const { role, externalId, endpoint } = value;
  if (role === null) return refuse(["principals", name], `exactly one of ${oneOf(ways)}`);
  const sessionName = sessionNameOf(value);
  return ok({ kind: "role", roleArn: role, sessionName, externalId, region, endpoint, from: from.value });
}
