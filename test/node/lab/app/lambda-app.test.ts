import { describe, expect, test } from "vitest";
import { ask, credentials, endedCredentials, headerOf, type Response } from "../../../support/lab-app.ts";

const invoke = (name: string, more = "") => `/2015-03-31/functions/${encodeURIComponent(name)}/invocations${more}`;
const arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const scope = { service: "lambda", region: "eu-west-1", payload: "signed" } as const;

const told = (response: Response) => [response.status, headerOf(response, "x-amzn-errortype"), response.body];

describe("Lambda's Invoke API in the lab", () => {
  test.each([
    [invoke("orders"), "$LATEST"],
    [invoke("orders:live"), "7"],
    [invoke("orders", "?Qualifier=live"), "7"],
    [invoke("111122223333:function:orders"), "$LATEST"],
    [invoke(`${arn}:7`), "7"],
  ])("runs the function at %s, version %s", async (path, version) => {
    const response = await ask("orders-direct", { path, body: '{"orders":1}' });
    expect([response.status, response.body]).toEqual([200, '{"orders":1}']);
    expect(headerOf(response, "x-amz-executed-version")).toBe(version);
    expect(headerOf(response, "x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ["DryRun", 204],
    ["Event", 202],
  ])("answers %s with %i and nothing else", async (type, status) => {
    const response = await ask("orders-direct", { headers: { "x-amz-invocation-type": type } });
    expect([response.status, response.body, headerOf(response, "x-amz-executed-version")]).toEqual([
      status,
      "",
      undefined,
    ]);
  });

  test("a function that throws is still 200", async () => {
    const response = await ask("orders-direct", { body: '{"error":"broken"}' });
    expect([response.status, headerOf(response, "x-amz-function-error"), response.body]).toEqual([
      200,
      "Unhandled",
      '{"errorType":"Error","errorMessage":"broken"}',
    ]);
  });

  test("a response beyond 6,291,556 bytes is the function's failure", async () => {
    const within = await ask("orders-direct", { body: '{"bytes":6291556}' });
    const beyond = await ask("orders-direct", { body: '{"bytes":6291557}' });
    expect(headerOf(within, "x-amz-function-error")).toBeUndefined();
    expect(beyond.body).toBe(
      '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes)."}',
    );
  });

  test("a request beyond 6,291,456 bytes is refused", async () => {
    const body = JSON.stringify({ digest: "1", body: "x".repeat(6_291_456) });
    expect(told(await ask("orders-direct", { body }))).toEqual([
      413,
      "RequestEntityTooLargeException",
      '{"Type":"User","message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}',
    ]);
  });

  test("what is unknown is named", async () => {
    expect(told(await ask("orders-direct", { path: invoke("orders:next") }))).toEqual([
      404,
      "ResourceNotFoundException",
      `{"Message":"Function not found: ${arn}:next","Type":"User"}`,
    ]);
    expect(
      told(await ask("orders-direct", { path: invoke("arn:aws:lambda:us-east-1:111122223333:function:orders") })),
    ).toEqual([
      404,
      "ResourceNotFoundException",
      `{"Type":"User","Message":"Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"}`,
    ]);
    expect(told(await ask("orders-direct", { path: invoke("orders:live", "?Qualifier=7") }))[0]).toBe(400);
    expect(told(await ask("orders-direct", { body: "{not json" })).slice(0, 2)).toEqual([
      400,
      "InvalidRequestContentException",
    ]);
  });

  test("what the identity policy does not mention is denied, function or not", async () => {
    const denied = await ask("orders-direct", { path: invoke("billing") });
    expect(denied.body).toContain(
      "is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:111122223333:function:billing because no VPC endpoint policy allows",
    );
    const settings = await ask("orders-direct", { method: "GET", path: "/2016-08-19/account-settings", body: "" });
    expect([settings.status, settings.body]).toEqual([403, expect.stringContaining("lambda:GetAccountSettings")]);
  });
});

describe("signatures at Lambda in the lab", () => {
  test.each([
    ["MissingAuthenticationTokenException", { scope: null }],
    ["InvalidSignatureException", { scope: { ...scope, region: "us-east-1" } }],
    ["InvalidSignatureException", { scope: { ...scope, service: "execute-api" } }],
    ["InvalidSignatureException", { atMs: Date.now() - 6 * 60_000 }],
    ["InvalidSignatureException", { atMs: Date.now() + 6 * 60_000 }],
    ["InvalidSignatureException", { as: { ...credentials, secretAccessKey: "another" } }],
    ["UnrecognizedClientException", { as: { ...credentials, accessKeyId: "AKIAIOSFODNN7EXAMPLE" } }],
    ["UnrecognizedClientException", { as: { ...credentials, sessionToken: null } }],
    ["ExpiredTokenException", { as: endedCredentials }],
  ] as const)("%s for %o", async (errorType, asked) => {
    const response = await ask("orders-direct", asked);
    expect([response.status, headerOf(response, "x-amzn-errortype")]).toEqual([403, errorType]);
  });

  test("all that is wrong with a scope is told at once", async () => {
    const { body } = await ask("orders-direct", { scope: { ...scope, service: "s4", region: "us-east-1" } });
    expect(body).toBe(
      `{"message":"Credential should be scoped to a valid region, not 'us-east-1'. Credential should be scoped to correct service: 'lambda'."}`,
    );
  });

  test("a mismatch shows the canonical request as the front computes it", async () => {
    const { body } = await ask("orders-direct", { as: { ...credentials, secretAccessKey: "another" } });
    expect(JSON.parse(String(body)).message).toContain(
      "The Canonical String for this request should have been\n'POST\n/2015-03-31/functions/orders%253Alive/invocations\n",
    );
  });
});
