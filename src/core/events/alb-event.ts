import { forwardedHeaders, handedOn, traceId } from "./forwarded.ts";
import type { EventBody, FrontRequest, Headers } from "./front-request.ts";
import type { JsonObject } from "./json.ts";
import { allValues, lastValues, lowerNames } from "./pairs.ts";
import { queryPairs, splitPath } from "./query.ts";

function headersOf(request: FrontRequest): Headers {
  const added: Headers = [["x-amzn-trace-id", traceId(request)], ...forwardedHeaders(request)];
  return [...lowerNames(handedOn(request.headers, added)), ...added];
}

const bodyOf = (body: EventBody | null): JsonObject =>
  body !== null && "base64" in body
    ? { body: body.base64, isBase64Encoded: true }
    : { body: body?.text ?? "", isBase64Encoded: false };

/**
 * The event of a load balancer. Names of headers in lower case, parameters as on the wire (not decoded); of repeated ones the
 * last, unless the target group has multi-value headers on.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function albEvent(request: FrontRequest, multiValue: boolean): JsonObject {
  const { path, query } = splitPath(request.path);
  const headers = headersOf(request);
  const parameters = queryPairs(query);
  return {
    requestContext: { elb: { targetGroupArn: request.names.targetGroupArn } },
    httpMethod: request.method,
    path,
    ...(multiValue
      ? { multiValueQueryStringParameters: allValues(parameters), multiValueHeaders: allValues(headers) }
      : { queryStringParameters: lastValues(parameters), headers: lastValues(headers) }),
    ...bodyOf(request.body),
  };
}
