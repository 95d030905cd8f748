import { fact } from "#core/facts.ts";
import { bytes, mib, seconds } from "#core/units.ts";
import { apiSuffix, regionOfHost } from "./aws-names.ts";
import { apiGatewayJson } from "./dialects/api-gateway-json.ts";
import { echoForm } from "./echo.ts";
import type { Configured, FieldProblem, KindInput } from "./fields.ts";
import { fieldProblem, getRoot, nameOfAnother, namesSeveralZones, placeAt } from "./place.ts";
import type { TargetKind } from "./target-kind.ts";
import { authority, parseUrl } from "./url.ts";

const guide = "https://docs.aws.amazon.com/apigateway/latest/developerguide";
const quotas = `${guide}/api-gateway-execution-service-limits-table.html`;

/** A private REST API, reached through an execute-api interface endpoint. */
export const apiGateway: TargetKind = {
  kind: "api-gateway",
  title: "Private API Gateway",
  signingService: "execute-api",
  payload: "signed",
  presigned: fact(
    true,
    "recalled",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html",
  ),
  authDefault: "iam",
  authenticates: true,
  zonesExpected: true,
  privateRanges: [],
  timers: {
    idle: fact(seconds(310), "doc", quotas),
    idleEnd: fact("fin", "recalled", quotas),
    lifetime: null,
    // The default; it can be raised for private APIs.
    request: fact(seconds(29), "doc", quotas),
  },
  limits: {
    requestBody: fact(mib(10), "doc", quotas),
    responseBody: fact(mib(10), "doc", quotas),
    // Of all headers together, for a private API.
    requestHeaders: fact(bytes(8000), "doc", quotas),
  },
  events: ["api-gateway"],
  dialect: apiGatewayJson,
  fields: [
    { name: "api", type: "string", required: true, description: "The API's id.", example: "a1b2c3" },
    {
      name: "stage",
      type: "string",
      required: true,
      description: "The deployed stage; set before every request's path.",
      example: "prod",
    },
    {
      name: "endpoint",
      type: "url",
      required: false,
      description:
        "The endpoint's own name, which needs no private DNS. Without it and `vpce`, the API's name is asked for, which needs private DNS.",
      example: "https://vpce-0123456789abcdef0-abcdefgh.execute-api.eu-west-1.vpce.amazonaws.com",
    },
    {
      name: "vpce",
      type: "string",
      required: false,
      description:
        "Id of an endpoint associated with the API: the name becomes API-VPCE.execute-api.REGION.amazonaws.com.",
      example: "vpce-0123456789abcdef0",
    },
    {
      name: "sendAs",
      type: "choice",
      required: false,
      choices: ["host", "x-apigw-api-id"],
      description:
        "With `endpoint`: how the API is named to it, by the Host header (the default) or by the x-apigw-api-id header.",
      example: "host",
    },
  ],
  configure,
};

function configure(input: KindInput): Configured | FieldProblem {
  const { api = "", stage = "", endpoint, vpce } = input.values;
  if (!/^[a-z0-9]{1,32}$/.test(api)) return fieldProblem("api", 'an API id such as "a1b2c3"');
  if (!/^[A-Za-z0-9_-]{1,128}$|^\$default$/.test(stage)) return fieldProblem("stage", 'a stage name such as "prod"');
  if (vpce !== undefined && !/^vpce-[0-9a-z]{1,32}$/.test(vpce))
    return fieldProblem("vpce", 'an endpoint id such as "vpce-0123456789abcdef0"');
  if (endpoint === undefined && input.values["sendAs"] !== undefined)
    return fieldProblem("sendAs", "no sendAs without endpoint: then the host name itself names the API");
  if (endpoint !== undefined && vpce !== undefined)
    return fieldProblem("vpce", "either endpoint or vpce: each is a way to the same API");
  const place = endpoint === undefined ? atItsOwnName(api, vpce, input.region) : atTheEndpoint(api, endpoint, input);
  if (place.kind === "problem") return place;
  return {
    ...place,
    pathPrefix: `/${stage}`,
    pathFixed: false,
    request: getRoot,
    alsoAllowed: [],
    zonesExpected: namesSeveralZones(place.origin),
    // The function's own limit of 6 MiB is reached before the API's 10.
    echo: echoForm(input.echo, "api-gateway", mib(6)),
  };
}

type Place = Pick<Configured, "kind" | "origin" | "hostHeader" | "serverName" | "headers" | "signingRegion">;

const needsRegion = fieldProblem(
  "region",
  'a Region such as "eu-west-1", here or for the whole config: the API\'s host name contains it',
);

function atItsOwnName(api: string, vpce: string | undefined, region: string | null): Place | FieldProblem {
  if (region === null) return needsRegion;
  const label = vpce === undefined ? api : `${api}-${vpce}`;
  const host = `${label}.execute-api.${region}.${apiSuffix(region)}`;
  return { kind: "ok", ...placeAt({ scheme: "https", host, port: 443 }), headers: {}, signingRegion: region };
}

function atTheEndpoint(api: string, endpoint: string, { values, region }: KindInput): Place | FieldProblem {
  const url = parseUrl(endpoint);
  if (url === null || url.path !== "") return fieldProblem("endpoint", "an http:// or https:// URL without a path");
  const stranger = nameOfAnother("endpoint", url.origin.host, "execute-api");
  if (stranger !== null) return stranger;
  const named = regionOfHost(url.origin.host);
  const place = { kind: "ok", ...placeAt(url.origin), signingRegion: named } as const;
  if (values["sendAs"] === "x-apigw-api-id") return { ...place, headers: { "x-apigw-api-id": api } };
  const apiRegion = named ?? region;
  if (apiRegion === null) return needsRegion;
  // SNI stays the endpoint's name: the endpoint's certificate covers it, whatever Host says.
  const hostHeader = authority(url.origin, `${api}.execute-api.${apiRegion}.${apiSuffix(apiRegion)}`);
  return { ...place, hostHeader, headers: {} };
}
