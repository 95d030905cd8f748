import { forwardedHeaders, handedOn, traceId } from "./forwarded.ts";
import type { FrontRequest, Headers } from "./front-request.ts";
import type { Json, JsonObject } from "./json.ts";
import { allValues, lastValue, lastValues, oneSpelling, without } from "./pairs.ts";
import { decodedPairs, splitPath } from "./query.ts";

/**
 * Request headers that do not reach a function. `authorization` is among them when it holds a signature or the method asks
 * for one: then the caller is known.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
function dropped({ headers, caller }: FrontRequest): readonly string[] {
  const signed = caller.kind === "iam" || lastValue(headers, "authorization")?.startsWith("AWS4-") === true;
  const always = ["content-length", "content-md5", "expect", "max-forwards", "server", "www-authenticate"];
  return signed ? [...always, "authorization"] : always;
}

function headersOf(request: FrontRequest): Headers {
  const [forwardedFor, forwardedPort, forwardedProto] = forwardedHeaders(request).map(([, value]) => value);
  const added: Headers = [
    ["X-Amzn-Trace-Id", traceId(request)],
    ["X-Forwarded-For", forwardedFor ?? ""],
    ["X-Forwarded-Port", forwardedPort ?? ""],
    ["X-Forwarded-Proto", forwardedProto ?? ""],
  ];
  // Names stay as they were spelled; one that came in two spellings is one header all the same (RFC 9110, 5.1).
  return [...oneSpelling(without(handedOn(request.headers, added), dropped(request))), ...added];
}

/** `/orders/{id}` on `/orders/7` gives `id: 7`; `{proxy+}` takes the rest. Null when the template names nothing. */
function pathParameters(template: string, path: string): Json {
  const segments = path.split("/");
  const parameters = template.split("/").flatMap((part, index): [string, string][] => {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) return [];
    return [[name, greedy === "+" ? segments.slice(index).join("/") : (segments[index] ?? "")]];
  });
  return parameters.length === 0 ? null : Object.fromEntries(parameters);
}

const orNull = <T extends JsonObject>(map: T): T | null => (Object.keys(map).length === 0 ? null : map);

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `09/Apr/2015:12:34:56 +0000`, the log format of Apache. */
function requestTime(timeEpochMs: number): string {
  const [date = "", time = ""] = new Date(timeEpochMs).toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return `${day}/${months[Number(month) - 1] ?? month}/${year}:${time.slice(0, 8)} +0000`;
}

/** Null throughout for an unsigned caller; `vpcId` and `vpceId` on private APIs. */
function identity({ caller, source, headers }: FrontRequest): JsonObject {
  const iam = caller.kind === "iam" ? caller : null;
  return {
    accessKey: iam?.accessKeyId ?? null,
    accountId: iam?.account ?? null,
    caller: iam?.userId ?? null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: iam?.orgId ?? null,
    sourceIp: source.ip,
    user: iam?.userId ?? null,
    userAgent: lastValue(headers, "user-agent"),
    userArn: iam?.arn ?? null,
    ...(source.vpc === null ? {} : { vpcId: source.vpc }),
    ...(source.vpce === null ? {} : { vpceId: source.vpce }),
  };
}

function requestContext(request: FrontRequest, path: string): JsonObject {
  const { names, requestId, timeEpochMs } = request;
  const domainPrefix = request.source.vpce === null ? names.apiId : `${names.apiId}-${request.source.vpce}`;
  const host = lastValue(request.headers, "host");
  return {
    accountId: names.account,
    apiId: names.apiId,
    deploymentId: "lab001",
    domainName: host ?? `${domainPrefix}.execute-api.${names.region}.amazonaws.com`,
    domainPrefix: host?.split(".")[0] ?? domainPrefix,
    extendedRequestId: requestId.replaceAll("-", "").slice(0, 15).concat("="),
    httpMethod: request.method,
    identity: identity(request),
    path,
    protocol: "HTTP/1.1",
    requestId,
    requestTime: requestTime(timeEpochMs),
    requestTimeEpoch: Math.floor(timeEpochMs),
    resourceId: "res001",
    resourcePath: names.resourcePath,
    stage: names.stage,
  };
}

/**
 * The proxy event of a REST API (format 1.0): both header forms, parameters decoded, null where there is nothing; `path`
 * without the stage and still percent-encoded.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function apiGatewayEvent(request: FrontRequest): JsonObject {
  const { path: whole, query } = splitPath(request.path);
  const prefix = `/${request.names.stage}/`;
  const path = whole.startsWith(prefix) ? whole.slice(prefix.length - 1) : whole;
  const headers = headersOf(request);
  const parameters = decodedPairs(query);
  return {
    resource: request.names.resourcePath,
    path,
    httpMethod: request.method,
    headers: orNull(lastValues(headers)),
    multiValueHeaders: orNull(allValues(headers)),
    queryStringParameters: orNull(lastValues(parameters)),
    multiValueQueryStringParameters: orNull(allValues(parameters)),
    pathParameters: pathParameters(request.names.resourcePath, path),
    stageVariables: null,
    requestContext: requestContext(request, whole),
    body: request.body === null ? null : "text" in request.body ? request.body.text : request.body.base64,
    isBase64Encoded: request.body !== null && "base64" in request.body,
  };
}
