import type { EventBody, Headers } from "./front-request.ts";
import { isObject } from "./json.ts";
import { lastValue } from "./pairs.ts";
import { type FunctionResponse, invalid, kindOf, type Read, readBody, readHeaders } from "./response.ts";

const fields: readonly string[] = ["isBase64Encoded", "statusCode", "headers", "multiValueHeaders", "body"];

/** Come back under `x-amzn-Remapped-…`. */
const remapped: readonly string[] = [
  "authorization",
  "connection",
  "content-md5",
  "date",
  "max-forwards",
  "server",
  "user-agent",
  "www-authenticate",
];

const dropped: readonly string[] = [
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const rewrite = (headers: Headers): Headers =>
  headers
    .filter(([name]) => !dropped.includes(name.toLowerCase()))
    .map(([name, value]) =>
      remapped.includes(name.toLowerCase()) ? [`x-amzn-Remapped-${name}`, value] : [name, value],
    );

/** Of a name in both, the values of `multiValueHeaders` count; booleans are taken for text. */
function readBoth(value: Readonly<Record<string, unknown>>): Read<Headers> {
  const { headers } = value;
  const texts = isObject(headers)
    ? Object.fromEntries(
        Object.entries(headers).map(([name, one]) => [name, typeof one === "boolean" ? String(one) : one]),
      )
    : headers;
  const single = readHeaders(texts, "headers", "never");
  if (single.kind === "invalid") return single;
  const several = readHeaders(value["multiValueHeaders"], "multiValueHeaders", "either");
  if (several.kind === "invalid") return several;
  const names = several.value.map(([name]) => name.toLowerCase());
  return {
    kind: "ok",
    value: [...single.value.filter(([name]) => !names.includes(name.toLowerCase())), ...several.value],
  };
}

/** A number, or text that is one; 200 when it is left out. */
function readStatus(status: unknown): number | null {
  if (status === undefined || status === null) return 200;
  const number = typeof status === "string" && /^\d{3}$/.test(status) ? Number(status) : status;
  return typeof number === "number" && Number.isInteger(number) && number >= 200 && number <= 599 ? number : null;
}

/** Without binary media types on the API, base64 is not undone. */
const undecoded = (body: EventBody): EventBody => ("base64" in body ? { text: body.base64 } : body);

/**
 * The output of a Lambda proxy integration on a REST API: no field is required, none but the documented ones is allowed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function readApiGatewayResponse(value: unknown): FunctionResponse {
  if (!isObject(value)) return invalid(`the output must be an object with statusCode, not ${kindOf(value)}`);
  const unknown = Object.keys(value).find((key) => !fields.includes(key));
  if (unknown !== undefined) return invalid(`the output has ${unknown}, which is none of ${fields.join(", ")}`);
  const status = readStatus(value["statusCode"]);
  if (status === null) return invalid("statusCode must be a whole number from 200 to 599");
  const headers = readBoth(value);
  if (headers.kind === "invalid") return headers;
  const body = readBody(value["body"], value["isBase64Encoded"]);
  if (body.kind === "invalid") return body;
  const typed: Headers =
    lastValue(headers.value, "content-type") === null ? [["content-type", "application/json"]] : [];
  return {
    kind: "ok",
    status,
    statusText: null,
    headers: [...typed, ...rewrite(headers.value)],
    body: undecoded(body.value),
  };
}
