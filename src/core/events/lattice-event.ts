import { forwardedHeaders, handedOn } from "./forwarded.ts";
import type { EventBody, FrontRequest, Headers } from "./front-request.ts";
import type { JsonObject } from "./json.ts";
import { allValues, joinedValues, lastValues, lowerNames } from "./pairs.ts";
import { decodedPairs, splitPath } from "./query.ts";

/** Headers that only Lattice may set: a client's are dropped. */
const reserved: readonly string[] = [
  "x-amzn-lattice-identity",
  "x-amzn-lattice-identity-tags",
  "x-amzn-lattice-network",
  "x-amzn-lattice-target",
];

const vpcArn = ({ names, source }: FrontRequest): string | null =>
  source.vpc === null ? null : `arn:aws:ec2:${names.region}:${names.account}:vpc/${source.vpc}`;

function clientHeaders(request: FrontRequest): Headers {
  const added = forwardedHeaders(request);
  const replaced: Headers = [...added, ...reserved.map((name) => [name, ""] as const)];
  return [...lowerNames(handedOn(request.headers, replaced)), ...added];
}

/** V1 carries who called in headers: `Principal=…; PrincipalOrgID=…`. */
function callerHeaders(request: FrontRequest): Headers {
  const { caller } = request;
  const vpc = vpcArn(request);
  const network: Headers = vpc === null ? [] : [["x-amzn-lattice-network", `SourceVpcArn=${vpc}`]];
  if (caller.kind === "anonymous") return network;
  const identity = [
    `Principal=${caller.arn}`,
    `PrincipalOrgID=${caller.orgId ?? ""}`,
    "PrincipalOrgPaths=",
    `SessionName=${caller.sessionName ?? ""}`,
    "Type=AWS_IAM",
  ].join("; ");
  return [["x-amzn-lattice-identity", identity], ...network];
}

const textOf = (body: EventBody | null): string => (body === null ? "" : "text" in body ? body.text : body.base64);

const isBase64 = (body: EventBody | null): boolean => body !== null && "base64" in body;

/**
 * Version 1 of the event: the path with its query, repeated headers joined, the last of repeated parameters.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#event-structure-v1
 */
export function latticeV1Event(request: FrontRequest): JsonObject {
  return {
    raw_path: request.path,
    method: request.method,
    headers: joinedValues([...clientHeaders(request), ...callerHeaders(request)]),
    query_string_parameters: lastValues(decodedPairs(splitPath(request.path).query)),
    body: textOf(request.body),
    is_base64_encoded: isBase64(request.body),
  };
}

/** Who called; only what is known is there, and `type` only after successful authentication. */
function identity(request: FrontRequest): JsonObject {
  const vpc = vpcArn(request);
  const { caller } = request;
  return {
    ...(vpc === null ? {} : { sourceVpcArn: vpc }),
    ...(caller.kind === "anonymous"
      ? {}
      : {
          type: "AWS_IAM",
          principal: caller.arn,
          ...(caller.orgId === null ? {} : { principalOrgID: caller.orgId }),
          ...(caller.sessionName === null ? {} : { sessionName: caller.sessionName }),
        }),
  };
}

/**
 * Version 2 of the event: lists of header and parameter values, and who called in the request context.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#event-structure-v2
 */
export function latticeV2Event(request: FrontRequest): JsonObject {
  const { names } = request;
  return {
    version: "2.0",
    path: request.path,
    method: request.method,
    headers: allValues(clientHeaders(request)),
    queryStringParameters: allValues(decodedPairs(splitPath(request.path).query)),
    body: textOf(request.body),
    isBase64Encoded: isBase64(request.body),
    requestContext: {
      serviceNetworkArn: names.serviceNetworkArn,
      serviceArn: names.serviceArn,
      targetGroupArn: names.targetGroupArn,
      identity: identity(request),
      region: names.region,
      // Microseconds, as text.
      timeEpoch: String(Math.floor(request.timeEpochMs * 1000)),
    },
  };
}
