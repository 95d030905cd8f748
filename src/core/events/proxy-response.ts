import { hopByHop } from "./forwarded.ts";
import type { Headers } from "./front-request.ts";
import { isObject } from "./json.ts";
import { without } from "./pairs.ts";
import { type FunctionResponse, invalid, kindOf, type Read, readBody, readHeaders } from "./response.ts";

/** Which of the two a front reads; Lattice takes text and lists in `headers`. */
type HeaderField = "headers" | "multiValueHeaders" | "either";

function readHeaderField(value: Readonly<Record<string, unknown>>, field: HeaderField): Read<Headers> {
  if (field === "either") return readHeaders(value["headers"], "headers", "either");
  const other = field === "headers" ? "multiValueHeaders" : "headers";
  if (value[field] === undefined && (field === "multiValueHeaders" || value[other] !== undefined)) {
    const mode = field === "headers" ? "off" : "on";
    return invalid(`the target group has multi-value headers ${mode}, so the response must have ${field}`);
  }
  return readHeaders(value[field], field, field === "headers" ? "never" : "always");
}

/** `200 OK` or `OK`. */
function readStatusText(description: unknown): string | null {
  if (typeof description !== "string") return null;
  const text = description.replace(/^\d{3}\s*/, "").trim();
  // Control characters would end the status line.
  return text === "" || /[\x00-\x1f\x7f]/.test(text) ? null : text;
}

/**
 * The response of a function behind a load balancer or Lattice. `statusCode` must be there; headers, body and
 * `isBase64Encoded` may be left out. What is about the connection is not honoured, and the length is computed.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#respond-to-load-balancer
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#respond-to-service
 */
export function readProxyResponse(value: unknown, field: HeaderField): FunctionResponse {
  if (!isObject(value)) return invalid(`the response must be an object with statusCode, not ${kindOf(value)}`);
  const status = value["statusCode"];
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) {
    const found = typeof status === "number" ? String(status) : kindOf(status);
    return invalid(`statusCode must be a whole number from 200 to 599, not ${found}`);
  }
  const headers = readHeaderField(value, field);
  if (headers.kind === "invalid") return headers;
  const body = readBody(value["body"], value["isBase64Encoded"]);
  if (body.kind === "invalid") return body;
  return {
    kind: "ok",
    status,
    statusText: readStatusText(value["statusDescription"]),
    headers: without(headers.value, [...hopByHop, "content-length"]),
    body: body.value,
  };
}
