import { decodedPairs, splitPath } from "#core/events/query.ts";
import { anonymousPrincipal, type TargetPolicies } from "#core/targets/access.ts";
import { parseFunction } from "#core/targets/function-name.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import type { AccessContext } from "./access.ts";
import { callerOf, type KnownCaller } from "./caller-of.ts";
import type { CombinationName } from "./combinations.ts";
import { combinationFor } from "./decide.ts";
import type { Gaps } from "./evaluate-with-gaps.ts";

/** A request as policies see it, as far as it can be known from where it is sent. */
export interface AskedAccess {
  /** More than one where it is not known whether caller and called belong to one account. */
  readonly combinations: readonly [CombinationName, ...CombinationName[]];
  readonly access: AccessContext;
  readonly gaps: Gaps;
}

/** Null for kinds of way in of which it is not known how policies are combined. */
export function accessOf(
  target: Target,
  request: TargetRequest,
  principal: string,
  policies: TargetPolicies,
): AskedAccess | null {
  const asked = asking(target, request, policies);
  if (asked === null) return null;
  const caller = callerOf(principal, policies.callers[principal] ?? null);
  const context = principal === anonymousPrincipal ? ofNobody(policies.context) : policies.context;
  const conditions = {
    "aws:SecureTransport": String(target.origin.scheme === "https"),
    ...asked.conditions,
    ...context,
  };
  const known = new Set([...Object.keys(conditions), ...caller.keys].map((key) => key.toLowerCase()));
  return {
    combinations: combinationsFor(asked.service, caller, policies.account),
    access: {
      principal: caller.principal,
      action: asked.action,
      resource: asked.resource ?? "",
      conditions: { ...conditions, ...caller.conditions },
    },
    gaps: {
      isKnown: (key) => known.has(key) || isAbsent(key, asked.service, principal === anonymousPrincipal),
      principal: caller.unknown,
      sessionsOf: caller.sessionsOf,
      resource: asked.resource === null ? asked.unknown : null,
    },
  };
}

function combinationsFor(
  service: Asking["service"],
  { principal, account }: KnownCaller,
  owner: string | null,
): AskedAccess["combinations"] {
  if (account !== "" || principal.kind === "anonymous")
    return [combinationFor(service, principal, { account: owner ?? account })];
  const here = combinationFor(service, principal, { account });
  const elsewhere = combinationFor(service, principal, { account: "elsewhere" });
  return here === elsewhere ? [here] : [here, elsewhere];
}

/** What is said of principals is not said of somebody who does not sign. */
const ofNobody = (context: TargetPolicies["context"]): TargetPolicies["context"] =>
  Object.fromEntries(Object.entries(context).filter(([key]) => !/^aws:(?:principal|userid|username)/i.test(key)));

/** Whether a key that is not among the known ones is surely not in the request. */
export function isAbsent(key: string, service: Service, anonymous: boolean): boolean {
  if (anonymous && ofPrincipals.test(key)) return true;
  if (ofServices.test(key)) return true;
  const own = prefixes[service];
  if (service === "lattice" && /^vpc-lattice-svcs:request(?:header|querystring)\//.test(key)) return true;
  return Object.values(prefixes).some((prefix) => prefix !== own && key.startsWith(prefix));
}

const prefixes = { lambda: "lambda:", lattice: "vpc-lattice-svcs:", "api-gateway": "execute-api:" } as const;
const ofPrincipals = /^aws:(?:principal|userid|username|federated|sourceidentity|tokenissue|multifactor|assumedroot)/;
// Only where a service calls on somebody's behalf.
const ofServices = /^aws:(?:calledvia|viaaws|source(?:account|arn|owner|org)|principalservice)/;

/** Whose policies are put together here. */
export type Service = keyof typeof prefixes;

interface Asking {
  readonly service: Service;
  readonly action: string;
  /** ARN; null where `unknown` is. */
  readonly resource: string | null;
  readonly unknown: string;
  readonly conditions: Readonly<Record<string, string>>;
}

function asking(target: Target, request: TargetRequest, { account }: TargetPolicies): Asking | null {
  switch (target.kind.kind) {
    case "lambda-endpoint":
      return invocation(target, request, account);
    case "lattice":
      return latticeCall(target, request, account);
    case "api-gateway":
      return apiCall(target, request, account);
    default:
      return null;
  }
}

const arn = ({ signing }: Target, service: string, account: string, rest: string): string => {
  const region = signing?.region ?? "";
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:${service}:${region}:${account}:${rest}`;
};

const noAccount = "whose it is (policies.account)";

function invocation(target: Target, request: TargetRequest, ownAccount: string | null): Asking {
  const { path, query } = splitPath(request.path);
  const written = decodeURIComponent(/\/functions\/([^/]+)\//.exec(path)?.[1] ?? "");
  const named = parseFunction(written);
  const qualifier = named?.qualifier ?? decodedPairs(query).find(([name]) => name === "Qualifier")?.[1] ?? null;
  const account = /(\d{12}):function:/.exec(named?.unqualified ?? "")?.[1] ?? ownAccount;
  const name = `function:${named?.unqualified.split(":").at(-1) ?? ""}${qualifier === null ? "" : `:${qualifier}`}`;
  return {
    service: "lambda",
    action: "lambda:InvokeFunction",
    resource: account === null ? null : arn(target, "lambda", account, name),
    unknown: noAccount,
    conditions: ofEndpoint(target),
  };
}

function latticeCall(target: Target, request: TargetRequest, account: string | null): Asking {
  const { path, query } = splitPath(request.path);
  const { origin, hostHeader } = target;
  const id = /-(0[0-9a-f]{16})\.[^.]+\.vpc-lattice-svcs\./.exec(origin.host)?.[1] ?? null;
  const service = id === null || account === null ? null : arn(target, "vpc-lattice", account, `service/svc-${id}`);
  const headers = Object.entries({ ...request.headers, host: hostHeader }).map(
    ([name, value]) => [`vpc-lattice-svcs:RequestHeader/${name}`, value] as const,
  );
  const parameters = decodedPairs(query).map(
    ([name, value]) => [`vpc-lattice-svcs:RequestQueryString/${name}`, value] as const,
  );
  return {
    service: "lattice",
    action: "vpc-lattice-svcs:Invoke",
    resource: service === null ? null : `${service}${path}`,
    unknown: id === null ? "the service's id, which its custom name does not tell" : noAccount,
    conditions: {
      ...Object.fromEntries([...headers, ...parameters]),
      "vpc-lattice-svcs:Port": String(origin.port),
      "vpc-lattice-svcs:RequestMethod": request.method,
      "vpc-lattice-svcs:RequestPath": path,
      ...(service === null ? {} : { "vpc-lattice-svcs:ServiceArn": service }),
    },
  };
}

function apiCall(target: Target, request: TargetRequest, account: string | null): Asking {
  const api =
    request.headers["x-apigw-api-id"] ?? /^([a-z0-9]+)(?:-vpce-[0-9a-z]+)?\.execute-api\./.exec(target.hostHeader)?.[1];
  const { path } = splitPath(request.path);
  const [, stage = "", ...rest] = path.split("/");
  const region = target.signing?.region ?? /\.execute-api\.([a-z0-9-]+)\./.exec(target.origin.host)?.[1] ?? "";
  const known = api !== undefined && account !== null && region !== "";
  const scoped = { ...target, signing: { service: "execute-api", region, payload: "signed" } as const };
  return {
    service: "api-gateway",
    action: "execute-api:Invoke",
    resource: known ? arn(scoped, "execute-api", account, `${api}/${stage}/${request.method}/${rest.join("/")}`) : null,
    unknown: account === null ? noAccount : "the API's id",
    conditions: ofEndpoint(target),
  };
}

/** The endpoint's id stands in its own names. */
function ofEndpoint({ origin }: Target): Readonly<Record<string, string>> {
  const id = /(?:^|-)(vpce-[0-9a-f]{8,17})[-.]/.exec(origin.host)?.[1];
  return id === undefined ? {} : { "aws:SourceVpce": id };
}
