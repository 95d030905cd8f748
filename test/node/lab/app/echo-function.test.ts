import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseEchoDigest } from "#core/events/echo.ts";
import type { EventForm } from "#core/targets/target.ts";
import { echoFunction, type Ran } from "#node/lab/app/echo-function.ts";
import { createMarks } from "#node/lab/app/echo-marks.ts";

const run = (form: EventForm, event: unknown): Ran => echoFunction(form, event, createMarks());

const returned = (...given: Parameters<typeof run>): unknown => {
  const ran = run(...given);
  if (ran.kind !== "returned") throw new Error(ran.errorMessage);
  return JSON.parse(ran.payload);
};

describe("the echo function", () => {
  test("answers with its event in the form of each front", () => {
    const event = { path: "/orders/1" };
    const body = JSON.stringify(event);
    const headers = { "content-type": "application/json" };
    expect(returned("direct", event)).toEqual(event);
    expect(returned("lattice-v2", event)).toEqual({ isBase64Encoded: false, statusCode: 200, headers, body });
    expect(returned("alb", event)).toEqual({
      isBase64Encoded: false,
      statusCode: 200,
      statusDescription: "200 OK",
      headers,
      body,
    });
    expect(returned("alb-multi-value", event)).toMatchObject({
      multiValueHeaders: { "content-type": ["application/json"] },
    });
  });

  test.each([
    ["lattice-v1", { query_string_parameters: { status: "404" } }],
    ["lattice-v2", { queryStringParameters: { status: ["200", "404"] } }],
    ["api-gateway", { queryStringParameters: { status: "404" } }],
    ["alb", { queryStringParameters: { status: "404" } }],
    ["alb-multi-value", { multiValueQueryStringParameters: { status: ["404"] } }],
  ] as const)("reads its switches from the query of %s", (form, event) => {
    expect(returned(form, event)).toMatchObject({ statusCode: 404 });
  });

  test("has nothing asked of it when there is no query at all", () => {
    expect(returned("api-gateway", { queryStringParameters: null })).toMatchObject({ statusCode: 200 });
  });

  test("answers with as many bytes as asked for, the quotation marks of a direct answer counted", () => {
    expect(returned("alb", { queryStringParameters: { bytes: "1000" } })).toMatchObject({ body: "e".repeat(1000) });
    const direct = run("direct", { bytes: 1000 });
    expect(direct.kind === "returned" && direct.payload.length).toBe(1000);
  });

  test("tells bytes and hash of the body it got, its base64 undone", () => {
    const sha256 = createHash("sha256").update("hallo").digest("hex");
    const response = returned("lattice-v1", {
      query_string_parameters: { digest: "1" },
      body: Buffer.from("hallo").toString("base64"),
      is_base64_encoded: true,
    });
    expect(response).toMatchObject({ body: JSON.stringify({ bytes: 5, sha256 }) });
    expect(parseEchoDigest(JSON.stringify(returned("direct", { digest: "1", body: "hallo" })))).toEqual({
      bytes: 5,
      sha256,
    });
  });

  test("sends as many bytes of headers as asked for, in values of at most 1024", () => {
    const response = returned("alb", { queryStringParameters: { headers: "2500" } });
    const { "content-type": _, ...fillers } = Object(response).headers;
    expect(Object.values<string>(fillers).map(({ length }) => length)).toEqual([1024, 1024, 452]);
  });

  test("throws when asked to, and takes its time when asked to", () => {
    expect(run("direct", { error: "no", delay: 20 })).toEqual({
      kind: "failed",
      errorType: "Error",
      errorMessage: "no",
      afterMs: 20,
    });
  });
});
