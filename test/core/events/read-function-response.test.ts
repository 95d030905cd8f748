import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFunctionResponse } from "#core/events/read-function-response.ts";
import type { EventForm } from "#core/targets/target.ts";
import { eventForms } from "./requests.ts";

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#respond-to-load-balancer
const documented = {
  isBase64Encoded: false,
  statusCode: 200,
  statusDescription: "200 OK",
  headers: { "Set-cookie": "cookies", "Content-Type": "application/json" },
  body: "Hello from Lambda (optional)",
};

const read = {
  kind: "ok",
  status: 200,
  statusText: "OK",
  headers: [
    ["Set-cookie", "cookies"],
    ["Content-Type", "application/json"],
  ],
  body: { text: "Hello from Lambda (optional)" },
};

const httpForms: readonly EventForm[] = ["lattice-v1", "lattice-v2", "alb", "api-gateway"];

describe("a function's response", () => {
  test.each(["lattice-v1", "lattice-v2", "alb"] as const)("as documented is read by %s", (form) => {
    expect(readFunctionResponse(form, documented)).toEqual(read);
  });

  test("in multi-value mode must have multiValueHeaders, and otherwise headers", () => {
    const { headers: _, ...rest } = documented;
    const multiValueHeaders = { "Set-cookie": ["a=1", "b=2"], "Content-Type": ["application/json"] };
    expect(readFunctionResponse("alb-multi-value", { ...rest, multiValueHeaders })).toMatchObject({
      kind: "ok",
      headers: [
        ["Set-cookie", "a=1"],
        ["Set-cookie", "b=2"],
        ["Content-Type", "application/json"],
      ],
    });
    expect(readFunctionResponse("alb-multi-value", documented)).toEqual({
      kind: "invalid",
      problem: "the target group has multi-value headers on, so the response must have multiValueHeaders",
    });
    expect(readFunctionResponse("alb", { ...rest, multiValueHeaders })).toEqual({
      kind: "invalid",
      problem: "the target group has multi-value headers off, so the response must have headers",
    });
  });

  test.each([...httpForms, "alb-multi-value"] as const)("keeps nothing about the connection for %s", (form) => {
    const name = form === "alb-multi-value" ? "multiValueHeaders" : "headers";
    const wrap = (value: string): unknown => (form === "alb-multi-value" ? [value] : value);
    const headers = {
      "Transfer-Encoding": wrap("chunked"),
      "Content-Length": wrap("7"),
      "keep-alive": wrap("timeout=5"),
    };
    const response = readFunctionResponse(form, { statusCode: 204, [name]: headers });
    expect(response.kind === "ok" && response.headers.filter(([key]) => key !== "content-type")).toEqual([]);
  });

  test("in base64 stays base64 for who sends it on", () => {
    const binary = { statusCode: 200, isBase64Encoded: true, body: "AAEC" };
    expect(readFunctionResponse("alb", binary)).toMatchObject({ body: { base64: "AAEC" } });
    expect(readFunctionResponse("lattice-v2", { ...binary, body: "no base64!" })).toMatchObject({ kind: "invalid" });
  });

  test.each([
    ["text", "hello"],
    ["nothing", undefined],
    ["a list", []],
    ["a status beyond the range", { statusCode: 999 }],
    ["a body that is an object", { statusCode: 200, headers: {}, multiValueHeaders: {}, body: { a: 1 } }],
    ["headers that are a list", { statusCode: 200, headers: [], multiValueHeaders: [] }],
    ["headers that are objects", { statusCode: 200, headers: { a: {} }, multiValueHeaders: { a: {} } }],
    ["a flag that is text", { statusCode: 200, headers: {}, multiValueHeaders: {}, isBase64Encoded: "yes" }],
  ])("that is %s is invalid for every front", (_, value) => {
    for (const form of [...httpForms, "alb-multi-value"] as const) {
      expect(readFunctionResponse(form, value).kind, form).toBe("invalid");
    }
  });

  test("without a status is invalid, but not for API Gateway", () => {
    expect(readFunctionResponse("alb", {}).kind).toBe("invalid");
    expect(readFunctionResponse("lattice-v1", {}).kind).toBe("invalid");
    expect(readFunctionResponse("api-gateway", {})).toMatchObject({ kind: "ok", status: 200, body: { text: "" } });
  });

  test("of a direct invocation is any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readFunctionResponse("direct", value)).toMatchObject({ body: { text: JSON.stringify(value) } });
      }),
    );
    expect(readFunctionResponse("direct", undefined)).toMatchObject({ body: { text: "null" } });
  });

  test.each(eventForms)("is read without throwing by %s, whatever it is", (form) => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(["ok", "invalid"]).toContain(readFunctionResponse(form, value).kind);
      }),
    );
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
describe("the output for API Gateway", () => {
  test("must have no field but the documented ones", () => {
    expect(readFunctionResponse("api-gateway", { statusCode: 200, message: "hi" })).toEqual({
      kind: "invalid",
      problem: "the output has message, which is none of isBase64Encoded, statusCode, headers, multiValueHeaders, body",
    });
    expect(readFunctionResponse("api-gateway", { errorMessage: "boom", errorType: "Error" }).kind).toBe("invalid");
  });

  test("is JSON unless it says otherwise", () => {
    expect(readFunctionResponse("api-gateway", { body: "{}" })).toMatchObject({
      headers: [["content-type", "application/json"]],
    });
    expect(readFunctionResponse("api-gateway", { headers: { "Content-Type": "text/plain" } })).toMatchObject({
      headers: [["Content-Type", "text/plain"]],
    });
  });

  test("has its two kinds of headers merged, and reserved ones renamed", () => {
    const response = readFunctionResponse("api-gateway", {
      statusCode: "201",
      headers: { "Content-Type": "text/plain", "X-A": "dropped", Server: "mine", Via: "x", flag: true },
      multiValueHeaders: { "x-a": ["1", "2"] },
    });
    expect(response).toMatchObject({
      status: 201,
      headers: [
        ["Content-Type", "text/plain"],
        ["x-amzn-Remapped-Server", "mine"],
        ["flag", "true"],
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    });
  });

  test("is not decoded from base64 without binary media types", () => {
    const response = readFunctionResponse("api-gateway", { body: "AAEC", isBase64Encoded: true });
    expect(response).toMatchObject({ body: { text: "AAEC" } });
  });
});
