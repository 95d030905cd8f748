import type { EventForm } from "#core/targets/target.ts";

/** What a member of an event must be. `value-map`: names with one text each; `list-map`: names with lists of texts. */
export type MemberType = "text" | "number" | "flag" | "object" | "value-map" | "list-map" | "either-map";

export interface Member {
  /** `requestContext.elb.targetGroupArn` */
  readonly at: string;
  readonly type: MemberType;
  /** `absent`: may be missing or null; `null`: may be null. */
  readonly or: "absent" | "null" | "never";
}

/** How repeated names appear: all in a list, all in one text, or only the last. */
export type Repeats = "list" | "joined" | "last";

interface MapMember {
  readonly at: string;
  readonly repeats: Repeats;
}

/** The documented form of one front's event. */
export interface EventShape {
  readonly members: readonly Member[];
  readonly method: string;
  readonly path: string;
  /** Which paths count as the one that was sent. Sources differ on whether Lattice's holds the query. */
  readonly pathHolds: "query-or-not" | "no-query" | "no-query-no-stage";
  readonly headers: readonly MapMember[];
  readonly lowerCaseNames: boolean;
  readonly parameters: readonly MapMember[];
  /** Percent-decoded or as on the wire; for Lattice no source says. */
  readonly parametersAre: "decoded" | "raw" | "either";
  readonly body: string;
  readonly flag: string;
  /** Whether the content type decides the encoding; API Gateway's binary media types are a setting. */
  readonly encodingIsFixed: boolean;
}

const must = (type: MemberType, ...names: readonly string[]): readonly Member[] =>
  names.map((at) => ({ at, type, or: "never" }));
const mayBeNull = (type: MemberType, ...names: readonly string[]): readonly Member[] =>
  names.map((at) => ({ at, type, or: "null" }));
const mayLack = (type: MemberType, ...names: readonly string[]): readonly Member[] =>
  names.map((at) => ({ at, type, or: "absent" }));

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html */
const latticeV1: EventShape = {
  members: [
    ...must("text", "raw_path", "method"),
    ...must("value-map", "headers"),
    ...mayLack("value-map", "query_string_parameters"),
    ...mayLack("text", "body"),
    ...mayLack("flag", "is_base64_encoded"),
  ],
  method: "method",
  path: "raw_path",
  pathHolds: "query-or-not",
  headers: [{ at: "headers", repeats: "joined" }],
  lowerCaseNames: false,
  parameters: [{ at: "query_string_parameters", repeats: "last" }],
  parametersAre: "either",
  body: "body",
  flag: "is_base64_encoded",
  encodingIsFixed: true,
};

/** Header values are lists by the documentation and plain text in some published events: both are taken. */
const latticeV2: EventShape = {
  members: [
    ...must("text", "version", "path", "method"),
    ...must("either-map", "headers"),
    ...mayLack("either-map", "queryStringParameters"),
    ...mayLack("text", "body"),
    ...mayLack("flag", "isBase64Encoded"),
    ...must("object", "requestContext", "requestContext.identity"),
    ...must(
      "text",
      ...["serviceNetworkArn", "serviceArn", "targetGroupArn", "region"].map((x) => `requestContext.${x}`),
    ),
    ...must("text", "requestContext.timeEpoch"),
    ...mayLack(
      "text",
      ...["sourceVpcArn", "type", "principal", "sessionName"].map((x) => `requestContext.identity.${x}`),
    ),
  ],
  method: "method",
  path: "path",
  pathHolds: "query-or-not",
  headers: [{ at: "headers", repeats: "list" }],
  lowerCaseNames: false,
  parameters: [{ at: "queryStringParameters", repeats: "list" }],
  parametersAre: "either",
  body: "body",
  flag: "isBase64Encoded",
  encodingIsFixed: true,
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
function alb(multiValue: boolean): EventShape {
  const type = multiValue ? "list-map" : "value-map";
  const headers = multiValue ? "multiValueHeaders" : "headers";
  const parameters = multiValue ? "multiValueQueryStringParameters" : "queryStringParameters";
  const repeats = multiValue ? "list" : "last";
  return {
    members: [
      ...must("object", "requestContext", "requestContext.elb"),
      ...must("text", "requestContext.elb.targetGroupArn", "httpMethod", "path"),
      ...must(type, headers),
      ...mayLack(type, parameters),
      ...mayLack("text", "body"),
      ...must("flag", "isBase64Encoded"),
    ],
    method: "httpMethod",
    path: "path",
    pathHolds: "no-query",
    headers: [{ at: headers, repeats }],
    lowerCaseNames: true,
    parameters: [{ at: parameters, repeats }],
    parametersAre: "raw",
    body: "body",
    flag: "isBase64Encoded",
    encodingIsFixed: true,
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
const apiGateway: EventShape = {
  members: [
    ...must("text", "resource", "path", "httpMethod"),
    ...mayBeNull("value-map", "headers", "queryStringParameters", "pathParameters", "stageVariables"),
    ...mayBeNull("list-map", "multiValueHeaders", "multiValueQueryStringParameters"),
    ...must("object", "requestContext", "requestContext.identity"),
    ...must(
      "text",
      ...["accountId", "apiId", "httpMethod", "path", "requestId", "stage"].map((x) => `requestContext.${x}`),
    ),
    ...must("number", "requestContext.requestTimeEpoch"),
    ...must("text", "requestContext.identity.sourceIp"),
    ...mayBeNull("text", "body"),
    ...must("flag", "isBase64Encoded"),
  ],
  method: "httpMethod",
  path: "path",
  pathHolds: "no-query-no-stage",
  headers: [
    { at: "headers", repeats: "last" },
    { at: "multiValueHeaders", repeats: "list" },
  ],
  lowerCaseNames: false,
  parameters: [
    { at: "queryStringParameters", repeats: "last" },
    { at: "multiValueQueryStringParameters", repeats: "list" },
  ],
  parametersAre: "decoded",
  body: "body",
  flag: "isBase64Encoded",
  encodingIsFixed: false,
};

export const eventShapes: Readonly<Record<Exclude<EventForm, "direct">, EventShape>> = {
  "lattice-v1": latticeV1,
  "lattice-v2": latticeV2,
  alb: alb(false),
  "alb-multi-value": alb(true),
  "api-gateway": apiGateway,
};
