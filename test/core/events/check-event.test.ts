import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64Of } from "#core/events/base64.ts";
import { buildEvent } from "#core/events/build-event.ts";
import { checkEvent } from "#core/events/check-event.ts";
import { isObject, type Json } from "#core/events/json.ts";
import type { EventForm } from "#core/targets/target.ts";
import { anyRequest, eventForms, makeFrontRequest } from "./requests.ts";

/** As it comes back from the echo function: through JSON. */
const echoed = (event: Json): unknown => JSON.parse(JSON.stringify(event));

const problemsOf = (form: EventForm, event: unknown, sent = makeFrontRequest()): readonly string[] => {
  const verdict = checkEvent(form, event, sent);
  return verdict.kind === "ok" ? [] : verdict.problems;
};

const changed = (event: Json, over: Readonly<Record<string, Json>>): unknown =>
  isObject(event) ? { ...event, ...over } : event;

describe.each(eventForms)("an event of form %s", (form) => {
  test("is of the documented form when we build it, whatever was sent", () => {
    fc.assert(
      fc.property(anyRequest(form), (request) => {
        expect(problemsOf(form, echoed(buildEvent(form, request)), request)).toEqual([]);
      }),
    );
  });

  test("is judged without throwing, whatever it is", () => {
    fc.assert(
      fc.property(fc.anything(), (event) => {
        checkEvent(form, event, makeFrontRequest());
      }),
    );
  });

  test("is not what was sent when the body is another", () => {
    const sent = makeFrontRequest({ body: { text: '{"a":1}' }, headers: [["content-type", "application/json"]] });
    const event = buildEvent(form, { ...sent, body: { text: '{"a":2}' } });
    expect(problemsOf(form, echoed(event), sent)).toHaveLength(1);
  });
});

describe.each(eventForms.filter((form) => form !== "direct"))("an event of form %s", (form) => {
  const sent = makeFrontRequest({
    method: "POST",
    path: "/prod/orders/1?a=1&a=2",
    headers: [
      ["x-one", "1"],
      ["x-two", "v1"],
      ["x-two", "v2"],
      ["content-type", "application/json"],
    ],
    body: { text: "{}" },
  });

  test.each([
    ["the method", { method: "PUT" }],
    ["the path", { path: "/prod/others/1?a=1&a=2" }],
    ["a parameter", { path: "/prod/orders/1?a=1&a=3" }],
    ["a further parameter", { path: "/prod/orders/1?a=1&a=2&b=" }],
    ["a header", { headers: sent.headers.slice(1) }],
    ["a repeated header", { headers: sent.headers.filter(([, value]) => value !== "v2") }],
  ])("is not what was sent when %s differs", (_, over) => {
    expect(problemsOf(form, echoed(buildEvent(form, { ...sent, ...over })), sent)).not.toEqual([]);
  });

  test("is of another form when it was built for another", () => {
    for (const other of eventForms.filter((one) => one !== form && one !== "direct")) {
      expect(problemsOf(form, echoed(buildEvent(other, sent)), sent), other).not.toEqual([]);
    }
  });

  test("may have its body as text where no content type was sent to decide", () => {
    const bare = makeFrontRequest({ method: "POST", path: "/prod/", body: { text: "x" } });
    expect(problemsOf(form, echoed(buildEvent(form, bare)), bare)).toEqual([]);
  });
});

describe("an event of Lattice", () => {
  const sent = makeFrontRequest({ path: "/points?action=add%20it", headers: [["accept", "application/json"]] });

  test.each(["/points?action=add%20it", "/points"])("may have %s as path: the sources differ", (path) => {
    expect(problemsOf("lattice-v1", changed(buildEvent("lattice-v1", sent), { raw_path: path }), sent)).toEqual([]);
    expect(problemsOf("lattice-v2", changed(buildEvent("lattice-v2", sent), { path }), sent)).toEqual([]);
  });

  test.each([[{ accept: ["application/json"] }], [{ accept: "application/json" }]])(
    "may have %j as headers in version 2: the sources differ",
    (headers) => {
      expect(problemsOf("lattice-v2", changed(buildEvent("lattice-v2", sent), { headers }), sent)).toEqual([]);
    },
  );

  test.each(["add it", "add%20it"])("may have %s as parameter: no source says whether it is decoded", (action) => {
    const event = changed(buildEvent("lattice-v1", sent), { query_string_parameters: { action } });
    expect(problemsOf("lattice-v1", event, sent)).toEqual([]);
  });
});

describe("an event of a load balancer", () => {
  test("with a header name in upper case departs from the documented form", () => {
    const sent = makeFrontRequest({ headers: [["x-one", "1"]] });
    const event = changed(buildEvent("alb", sent), { headers: { "X-One": "1" } });
    expect(problemsOf("alb", event, sent)).toEqual(["headers has X-One, and should have its names in lower case"]);
  });

  test("with decoded parameters departs from the documented form", () => {
    const sent = makeFrontRequest({ path: "/?a=b%20c" });
    const event = changed(buildEvent("alb", sent), { queryStringParameters: { a: "b c" } });
    expect(problemsOf("alb", event, sent)).toEqual(['queryStringParameters should have a as "b%20c", and has "b c"']);
  });

  test("without a target group, or with text for a flag, is told so", () => {
    const event = changed(buildEvent("alb", makeFrontRequest()), {
      requestContext: { elb: {} },
      isBase64Encoded: "false",
    });
    expect(problemsOf("alb", event)).toEqual([
      "the event has no requestContext.elb.targetGroupArn",
      "isBase64Encoded should be true or false, and is text",
    ]);
  });

  test("with JSON in base64 departs from the documented form though the bytes are right", () => {
    const sent = makeFrontRequest({ body: { text: "{}" }, headers: [["content-type", "application/json"]] });
    const event = changed(buildEvent("alb", sent), { body: base64Of("{}"), isBase64Encoded: true });
    expect(problemsOf("alb", event, sent)).toEqual([
      "isBase64Encoded should be false: a body of this content type goes as text",
    ]);
  });
});

test("base64 is the same as everywhere else", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(base64Of(text)).toBe(Buffer.from(text, "utf8").toString("base64"));
    }),
  );
  expect(base64Of("\ud800")).toBe(Buffer.from("\ud800", "utf8").toString("base64"));
});
