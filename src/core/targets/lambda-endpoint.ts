import { fact } from "#core/facts.ts";
import { bytes, mib, seconds } from "#core/units.ts";
import { apiSuffix, regionOfHost } from "./aws-names.ts";
import { lambdaJson } from "./dialects/lambda-json.ts";
import { echoForm } from "./echo.ts";
import type { Configured, FieldProblem, KindInput } from "./fields.ts";
import { type FunctionName, parseFunction, qualifierPattern } from "./function-name.ts";
import { fieldProblem, nameOfAnother, namesSeveralZones, placeAt } from "./place.ts";
import type { TargetRequest } from "./target.ts";
import type { TargetKind } from "./target-kind.ts";
import { parseUrl } from "./url.ts";

const quotas = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html";
const longTcp =
  "https://aws.amazon.com/blogs/networking-and-content-delivery/implementing-long-running-tcp-connections-within-vpc-networking/";

/** Lambda's own Invoke API through an interface VPC endpoint. */
export const lambdaEndpoint: TargetKind = {
  kind: "lambda-endpoint",
  title: "Lambda through an interface endpoint",
  signingService: "lambda",
  payload: "signed",
  // A presigned URL of Invoke was answered 200 in that report, by another trouble's account.
  presigned: fact(true, "code", "https://github.com/boto/boto3/issues/3694"),
  authDefault: "iam",
  authenticates: true,
  zonesExpected: true,
  privateRanges: [],
  timers: {
    // The endpoint's, after which packets are no longer delivered. Lambda's own front closes too, after a time it does not publish.
    idle: fact(seconds(350), "doc", longTcp),
    idleEnd: fact("silent", "doc", longTcp),
    lifetime: null,
    request: fact(seconds(900), "doc", quotas),
  },
  limits: {
    requestBody: fact(mib(6), "doc", quotas),
    // 6 MiB and a hundred bytes, as its own error message has it.
    responseBody: fact(bytes(6_291_556), "code", "https://github.com/localstack/localstack"),
    // Request line and headers.
    requestHeaders: fact(mib(1), "doc", quotas),
  },
  withoutEffect: asDryRun,
  events: ["direct"],
  dialect: lambdaJson,
  fields: [
    {
      name: "function",
      type: "string",
      required: true,
      description: "Name, name:qualifier, partial ARN or full ARN; sent as written.",
      example: "orders:live",
    },
    {
      name: "qualifier",
      type: "string",
      required: false,
      description: "Version or alias, sent as ?Qualifier=; not together with a qualifier in `function`.",
      example: "live",
    },
    {
      name: "endpoint",
      type: "url",
      required: false,
      description:
        "The endpoint's Regional or zonal name. Without it https://lambda.REGION.amazonaws.com, which leads to the endpoint where private DNS is on.",
      example: "https://vpce-0123456789abcdef0-abcdefgh.lambda.eu-west-1.vpce.amazonaws.com",
    },
    {
      name: "invocation",
      type: "choice",
      required: false,
      choices: ["RequestResponse", "Event", "DryRun"],
      description:
        "RequestResponse (the default) runs the function and waits, Event queues it, DryRun only checks the permission.",
      example: "RequestResponse",
    },
  ],
  configure,
};

// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
const statuses: Readonly<Record<string, number>> = { RequestResponse: 200, Event: 202, DryRun: 204 };

function configure(input: KindInput): Configured | FieldProblem {
  const { qualifier } = input.values;
  const named = parseFunction(input.values["function"] ?? "");
  if (named === null)
    return fieldProblem("function", 'a function name, name:qualifier, partial ARN or full ARN, such as "orders:live"');
  if (qualifier !== undefined && !qualifierPattern.test(qualifier))
    return fieldProblem("qualifier", 'a version or alias such as "live", "7" or "$LATEST"');
  if (qualifier !== undefined && named.qualifier !== null)
    return fieldProblem("qualifier", "one qualifier only: `function` names one already");
  const origin = originOf(input.values["endpoint"], named.region ?? input.region);
  if ("kind" in origin) return origin;
  const there = regionOfHost(origin.host);
  if (named.region !== null && there !== null && named.region !== there)
    return fieldProblem(
      "function",
      `a function of ${there}, the Region of its endpoint: Lambda reaches none of another`,
    );
  const invocation = input.values["invocation"] ?? "RequestResponse";
  return {
    kind: "ok",
    ...placeAt(origin),
    pathPrefix: "",
    pathFixed: true,
    headers: { "x-amz-invocation-type": invocation },
    request: invoke("main", named.written, qualifier ?? null, invocation),
    alsoAllowed: otherForms(named, qualifier ?? named.qualifier),
    signingRegion: named.region ?? regionOfHost(origin.host),
    zonesExpected: namesSeveralZones(origin),
    echo: echoForm(input.echo, "direct", mib(6)),
  };
}

function originOf(endpoint: string | undefined, region: string | null) {
  if (endpoint !== undefined) {
    const url = parseUrl(endpoint);
    if (url === null || url.path !== "") return fieldProblem("endpoint", "an http:// or https:// URL without a path");
    return nameOfAnother("endpoint", url.origin.host, "lambda") ?? url.origin;
  }
  if (region !== null) return { scheme: "https", host: `lambda.${region}.${apiSuffix(region)}`, port: 443 } as const;
  return fieldProblem(
    "region",
    'a Region such as "eu-west-1", here or for the whole config: without an endpoint the host name contains it',
  );
}

function invoke(name: string, written: string, qualifier: string | null, invocation: string): TargetRequest {
  const query = qualifier === null ? "" : `?Qualifier=${encodeURIComponent(qualifier)}`;
  return {
    name,
    method: "POST",
    path: `/2015-03-31/functions/${encodeURIComponent(written)}/invocations${query}`,
    headers: { "content-type": "application/json" },
    body: "{}",
    expect: { statuses: [statuses[invocation] ?? 200], body: null, headers: {} },
  };
}

/**
 * An endpoint policy must list the unqualified ARN and the qualified one; either can be forgotten.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-endpoints.html
 */
function otherForms({ unqualified }: FunctionName, qualifier: string | null): readonly TargetRequest[] {
  if (qualifier === null) return [];
  return [dryRun("unqualified", unqualified, null), dryRun("qualified", unqualified, qualifier)];
}

const dryRun = (name: string, written: string, qualifier: string | null): TargetRequest =>
  asDryRun(invoke(name, written, qualifier, "DryRun"));

/** Asks for the permission only: the function is not run. */
function asDryRun(request: TargetRequest): TargetRequest {
  const headers = { ...request.headers, "x-amz-invocation-type": "DryRun" };
  return { ...request, headers, expect: { ...request.expect, statuses: [204], body: null } };
}
