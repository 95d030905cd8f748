import { describe, expect, test } from "vitest";
import { ask, credentials, headerOf } from "../../../support/lab-app.ts";

const host = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
const told = async (...asked: Parameters<typeof ask>) => {
  const response = await ask(...asked);
  return [response.status, headerOf(response, "x-amzn-errortype"), response.body];
};

describe("a private API in the lab", () => {
  test("hands a signed caller's request to the function, its signature left out", async () => {
    const response = await ask("orders-api", { path: "/prod/orders/1?a=1" });
    expect(response.status).toBe(200);
    expect(headerOf(response, "x-amz-apigw-id")).toBeDefined();
    const event = JSON.parse(String(response.body));
    expect(event).toMatchObject({
      resource: "/orders/{id}",
      path: "/orders/1",
      pathParameters: { id: "1" },
      queryStringParameters: { a: "1" },
      requestContext: { stage: "prod", apiId: "a1b2c3d4e5", identity: { vpceId: "vpce-0d7e2a9b5c1f48306" } },
    });
    expect(Object.keys(event.headers).map((name) => name.toLowerCase())).not.toContain("authorization");
  });

  test.each([
    ["its own name", host],
    ["its name for the endpoint", "a1b2c3d4e5-vpce-0d7e2a9b5c1f48306.execute-api.eu-west-1.amazonaws.com"],
    ["its own name with a port", `${host}:8443`],
  ])("answers to %s", async (_how, asHost) => {
    expect((await ask("orders-api", { host: asHost })).status).toBe(200);
  });

  const forbidden = [403, "ForbiddenException", '{"message":"Forbidden"}'];
  const missing = [403, "MissingAuthenticationTokenException", '{"message":"Missing Authentication Token"}'];

  test.each([
    ["another API's name", { host: "zzzzzzzzzz.execute-api.eu-west-1.amazonaws.com" }],
    ["the endpoint's name alone", { host: "vpce-0d7e2a9b5c1f48306-m8v4t1zb.execute-api.eu-west-1.vpce.amazonaws.com" }],
    ["a stage that is not deployed", { path: "/test/orders/1" }],
    ["a path without its stage", { path: "/orders/1" }],
  ])("forbids %s", async (_what, asked) => {
    expect(await told("orders-api", asked)).toEqual(forbidden);
  });

  test("has the same words for an unknown route and for a missing signature", async () => {
    expect(await told("orders-api", { path: "/prod/orders/1/lines" })).toEqual(missing);
    expect(await told("orders-api", { method: "DELETE", path: "/prod/orders" })).toEqual(missing);
    expect(await told("orders-api", { scope: null })).toEqual(missing);
  });

  test("verifies signatures", async () => {
    const as = { ...credentials, secretAccessKey: "another" };
    expect((await told("orders-api", { as })).slice(0, 2)).toEqual([403, "InvalidSignatureException"]);
  });

  test("is named by header where the endpoint's name is called", async () => {
    expect((await ask("orders-api-open")).status).toBe(200);
    expect(await told("orders-api-open", { headers: { "x-apigw-api-id": "zzzzzzzzzz" } })).toEqual(forbidden);
  });

  test("masks the account where its resource policy refuses", async () => {
    const response = await ask("orders-api-open", {}, { effects: { policy: "resource-silent" } });
    expect(response.body).toBe(
      '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********3333:f6g7h8i9j0/prod/GET/orders/1 because no resource-based policy allows the execute-api:Invoke action"}',
    );
  });

  test("waits 29 s for its function and no longer, scaled", async () => {
    expect(await ask("orders-api", { path: "/prod/orders/1?delay=289" })).toMatchObject({ status: 200, afterMs: 289 });
    expect(await ask("orders-api", { path: "/prod/orders/1?delay=291" })).toMatchObject({
      status: 504,
      afterMs: 290,
      body: '{"message": "Endpoint request timed out"}',
    });
  });

  test("refuses more than 10 MiB of body, and more than 8000 bytes of headers", async () => {
    const body = "x".repeat(10 * 1024 * 1024 + 1);
    expect((await ask("orders-api-open", { method: "PUT", body })).status).toBe(413);
    const headers = { "x-apigw-api-id": "f6g7h8i9j0", "x-long": "l".repeat(8000) };
    expect((await ask("orders-api-open", { headers })).status).toBe(400);
  });
});
