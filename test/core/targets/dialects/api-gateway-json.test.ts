import { describe, expect, test } from "vitest";
import { apiGatewayJson } from "#core/targets/dialects/api-gateway-json.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";

const denied = {
  kind: "denied",
  principal: "anonymous",
  action: "execute-api:Invoke",
  resource: "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod/GET/orders",
  layer: "resource",
  explicit: false,
} as const;
const masked =
  '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:a1b2c3/prod/GET/orders';

const literal: readonly (readonly [Refusal, number, string, string])[] = [
  [{ kind: "not-identified" }, 403, "ForbiddenException", '{"message":"Forbidden"}'],
  [{ kind: "unknown-route" }, 403, "MissingAuthenticationTokenException", '{"message":"Missing Authentication Token"}'],
  [{ kind: "auth-missing" }, 403, "MissingAuthenticationTokenException", '{"message":"Missing Authentication Token"}'],
  [
    denied,
    403,
    "AccessDeniedException",
    `${masked} because no resource-based policy allows the execute-api:Invoke action"}`,
  ],
  [{ ...denied, explicit: true }, 403, "AccessDeniedException", `${masked} with an explicit deny"}`],
  [
    { ...denied, layer: "endpoint" },
    403,
    "AccessDeniedException",
    `${masked} because no VPC endpoint policy allows the execute-api:Invoke action"}`,
  ],
  [
    { kind: "payload-too-large", limitBytes: 10_485_760 },
    413,
    "RequestEntityTooLargeException",
    '{"message":"HTTP content length exceeded 10485760 bytes."}',
  ],
  [{ kind: "quota-exceeded" }, 429, "LimitExceededException", '{"message":"Limit Exceeded"}'],
  [{ kind: "throttled" }, 429, "TooManyRequestsException", '{"message":"Too Many Requests"}'],
  [{ kind: "invalid-function-response" }, 502, "InternalServerErrorException", '{"message": "Internal server error"}'],
  [{ kind: "integration-timeout" }, 504, "InternalServerErrorException", '{"message": "Endpoint request timed out"}'],
];

describe("api-gateway-json", () => {
  test.each(literal)("words %o as API Gateway does", (refusal, status, errorType, body) => {
    const { value } = apiGatewayJson.say(refusal);
    expect([value.status, Object.fromEntries(value.headers), value.body]).toEqual([
      status,
      { "content-type": "application/json", "x-amzn-errortype": errorType },
      body,
    ]);
  });

  test("the lengths are those recorded", () => {
    expect(apiGatewayJson.say({ kind: "not-identified" }).value.body).toHaveLength(23);
    expect(apiGatewayJson.say({ kind: "unknown-route" }).value.body).toHaveLength(42);
  });
});
