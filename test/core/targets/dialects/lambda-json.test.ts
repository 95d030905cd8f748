import { describe, expect, test } from "vitest";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import { lambdaJson } from "#core/targets/dialects/lambda-json.ts";

const arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders:live";
const principal = "arn:aws:sts::111122223333:assumed-role/pathproof-lab/lab";
const denied = { kind: "denied", principal, action: "lambda:InvokeFunction", resource: arn } as const;

const literal: readonly (readonly [Refusal, number, string, string])[] = [
  [{ kind: "auth-missing" }, 403, "MissingAuthenticationTokenException", '{"message":"Missing Authentication Token"}'],
  [
    { kind: "auth-incomplete", missing: "Credential" },
    403,
    "IncompleteSignatureException",
    `{"message":"Authorization header requires 'Credential' parameter."}`,
  ],
  [
    { kind: "auth-incomplete", missing: "Date" },
    403,
    "IncompleteSignatureException",
    `{"message":"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."}`,
  ],
  [
    { kind: "auth-incomplete", missing: "Host" },
    403,
    "InvalidSignatureException",
    `{"message":"'Host' must be a 'SignedHeader' in the AWS Authorization."}`,
  ],
  [
    {
      kind: "wrong-scope",
      problems: [
        "Credential should be scoped to a valid region, not 'us-east-1'.",
        "Credential should be scoped to correct service: 'lambda'.",
      ],
    },
    403,
    "InvalidSignatureException",
    `{"message":"Credential should be scoped to a valid region, not 'us-east-1'. Credential should be scoped to correct service: 'lambda'."}`,
  ],
  [
    { kind: "signature-expired", signedAt: "20260803T101500Z", now: "20260803T105000Z", windowMinutes: 5 },
    403,
    "InvalidSignatureException",
    '{"message":"Signature expired: 20260803T101500Z is now earlier than 20260803T104500Z (20260803T105000Z - 5 min.)"}',
  ],
  [
    { kind: "signature-not-yet", signedAt: "20260804T002500Z", now: "20260803T235800Z", windowMinutes: 5 },
    403,
    "InvalidSignatureException",
    '{"message":"Signature not yet current: 20260804T002500Z is still later than 20260804T000300Z (20260803T235800Z + 5 min.)"}',
  ],
  [
    { kind: "signature-mismatch", canonicalRequest: "GET\n/", stringToSign: "AWS4-HMAC-SHA256\nx" },
    403,
    "InvalidSignatureException",
    '{"message":"The request signature we calculated does not match the signature you provided. Check your AWS Secret ' +
      "Access Key and signing method. Consult the service documentation for details.\\n\\nThe Canonical String for this " +
      "request should have been\\n'GET\\n/'\\n\\nThe String-to-Sign should have been\\n'AWS4-HMAC-SHA256\\nx'\\n\"}",
  ],
  [
    { kind: "unknown-key" },
    403,
    "UnrecognizedClientException",
    '{"message":"The security token included in the request is invalid."}',
  ],
  [
    { kind: "token-expired" },
    403,
    "ExpiredTokenException",
    '{"message":"The security token included in the request is expired"}',
  ],
  [
    { ...denied, layer: "identity", explicit: false },
    403,
    "AccessDeniedException",
    `{"Message":"User: ${principal} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no identity-based policy allows the lambda:InvokeFunction action"}`,
  ],
  [
    { ...denied, layer: "endpoint", explicit: false },
    403,
    "AccessDeniedException",
    `{"Message":"User: ${principal} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no VPC endpoint policy allows the lambda:InvokeFunction action"}`,
  ],
  [
    { ...denied, layer: "endpoint", explicit: true },
    403,
    "AccessDeniedException",
    `{"Message":"User: ${principal} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} with an explicit deny in a VPC endpoint policy"}`,
  ],
  [
    { ...denied, layer: "identity", explicit: true },
    403,
    "AccessDeniedException",
    `{"Message":"User: ${principal} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} with an explicit deny in an identity-based policy"}`,
  ],
  [
    { kind: "function-not-found", arn },
    404,
    "ResourceNotFoundException",
    `{"Message":"Function not found: ${arn}","Type":"User"}`,
  ],
  [
    { kind: "throttled" },
    429,
    "TooManyRequestsException",
    '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}',
  ],
  [
    { kind: "payload-too-large", limitBytes: 6_291_456 },
    413,
    "RequestEntityTooLargeException",
    '{"Type":"User","message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}',
  ],
];

describe("lambda-json", () => {
  test.each(literal)("words %o as Lambda does", (refusal, status, errorType, body) => {
    const { value } = lambdaJson.say(refusal);
    expect([value.status, Object.fromEntries(value.headers), value.body]).toEqual([
      status,
      { "content-type": "application/json", "x-amzn-errortype": errorType },
      body,
    ]);
  });

  test("a failed function is answered with 200 and told by a header", () => {
    const { value } = lambdaJson.say({
      kind: "function-error",
      errorType: "Sandbox.Timedout",
      errorMessage: "RequestId: 0 Error: Task timed out after 3.00 seconds",
    });
    expect(value.status).toBe(200);
    expect(value.headers).toContainEqual(["x-amz-function-error", "Unhandled"]);
    expect(value.body).toBe(
      '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 0 Error: Task timed out after 3.00 seconds"}',
    );
  });
});
