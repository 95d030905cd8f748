import { describe, expect, test } from "vitest";
import { testBodies } from "#core/checks/ask/test-body.ts";
import { bodiesArriveWhole } from "#core/checks/bodies-arrive-whole.ts";
import type { Check, Means } from "#core/checks/check.ts";
import { eventHasDocumentedForm } from "#core/checks/event-has-documented-form.ts";
import { functionErrorIsSeen } from "#core/checks/function-error-is-seen.ts";
import { requestHeadersFit } from "#core/checks/request-headers-fit.ts";
import { responseHeadersFit } from "#core/checks/response-headers-fit.ts";
import { buildEvent } from "#core/events/build-event.ts";
import type { FrontRequest } from "#core/events/front-request.ts";
import type { Exchange, Outcome } from "#core/observations/exchange.ts";
import type { RequestToSend } from "#core/observations/step.ts";
import type { EventForm, Target } from "#core/targets/target.ts";
import { bytes, kib, mib, ms } from "#core/units.ts";
import { makeAnswer, makeExchange, makeFailed, makeTarget } from "../../support/make.ts";
import { refused } from "./refused.ts";

const means: Means = { credentials: "long-term", endedSession: false };
const echoing = (kind: string, event: EventForm): Target =>
  makeTarget(kind, { echo: { event, requestBytesMax: mib(1) } });
const alb = echoing("alb", "alb");
const direct = echoing("lambda-endpoint", "direct");

const onlyRequest = (check: Check, target: Target): RequestToSend => {
  const [step] = check.script(target, means);
  if (step?.request == null) throw new RangeError("the check sends no request of its own");
  return step.request;
};

const answered = (step: string, over: Parameters<typeof makeAnswer>[0]): Exchange =>
  makeExchange({ step, outcome: makeAnswer(over) });

test.each([bodiesArriveWhole, eventHasDocumentedForm, functionErrorIsSeen, requestHeadersFit, responseHeadersFit])(
  "$id applies only where the echo function answers",
  (check) => {
    expect(check.notFor(makeTarget("alb"), means)).toContain("echo");
    expect(check.judge([], alb).kind).toBe("inconclusive");
  },
);

describe("bodies-arrive-whole", () => {
  const digest = (index: number, over: object = {}): Exchange => {
    const body = testBodies[index];
    if (body === undefined) throw new RangeError("no such body");
    return answered(body.label, { body: JSON.stringify({ bytes: body.bytes, sha256: body.sha256, ...over }) });
  };
  test("sends what the front can take, in the query's or in the payload's way", () => {
    const [small, ...others] = bodiesArriveWhole.script(alb, means);
    expect([small, ...others].map((step) => step?.label)).toEqual(["1 KiB", "64 KiB", "512 KiB"]);
    expect(small?.request).toMatchObject({ method: "POST", path: "/orders/1?digest=1" });
    expect(small?.request?.body).toHaveLength(1024);
    const [payload] = bodiesArriveWhole.script(direct, means);
    const sent: unknown = JSON.parse(payload?.request?.body ?? "");
    expect(sent).toMatchObject({ digest: "1", body: small?.request?.body });
  });
  test("passes when every digest is right", () => {
    expect(bodiesArriveWhole.judge([digest(0), digest(1)], alb)).toMatchObject({
      kind: "pass",
      measures: { bodies: 2 },
    });
  });
  test.each([
    ["changed on the way", digest(1, { sha256: "00" }), "the body of 64 KiB arrived changed"],
    ["cut on the way", digest(1, { bytes: 4096 }), "the body of 64 KiB arrived as 4096 bytes"],
  ])("fails for a body %s", (_, exchange, summary) => {
    expect(bodiesArriveWhole.judge([digest(0), exchange], alb)).toMatchObject({
      kind: "fail",
      summary,
      cause: { code: "unexpected-body" },
    });
  });
  test("names a path that lets small packets through only", () => {
    const sent = { ...makeExchange().sent, bodyBytes: kib(64) };
    const hung = makeFailed({ kind: "timeout", phase: "wait", afterMs: ms(10_000) }, { step: "64 KiB", sent });
    const [main] = alb.requests;
    const expecting: Target = {
      ...alb,
      requests: [{ ...main, expect: { statuses: [200], body: { kind: "contains", text: "order" }, headers: {} } }],
    };
    expect(bodiesArriveWhole.judge([digest(0), hung], expecting)).toMatchObject({
      kind: "fail",
      cause: { code: "path-mtu-black-hole" },
    });
  });
  test("names a limit", () => {
    const tooLarge = { ...refused(direct, { kind: "payload-too-large", limitBytes: 1000 }), step: "64 KiB" };
    expect(bodiesArriveWhole.judge([digest(0), tooLarge], direct)).toMatchObject({
      kind: "fail",
      cause: { code: "payload-too-large" },
    });
  });
});

describe("event-has-documented-form", () => {
  const front = (target: Target): FrontRequest => {
    const { method, path, headers, body } = onlyRequest(eventHasDocumentedForm, target);
    return {
      method,
      path,
      headers: [...Object.entries(headers), ["host", "orders.example.internal"]],
      body: body === null ? null : { text: body },
      scheme: "https",
      port: 443,
      caller: { kind: "anonymous" },
      source: { ip: "10.0.0.1", vpc: null, vpce: null },
      names: {
        region: "eu-west-1",
        account: "111122223333",
        targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/orders/1",
        serviceArn: "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1",
        serviceNetworkArn: "arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-1",
        apiId: "a1b2c3",
        stage: "prod",
        resourcePath: "/{proxy+}",
      },
      requestId: "5f0f2d1e-0000-4000-8000-000000000000",
      timeEpochMs: 1_795_000_000_000,
    };
  };
  const event = (form: EventForm, target: Target): Exchange =>
    answered("event", { body: JSON.stringify(buildEvent(form, front(target))) });

  test.each([
    ["alb", "alb"],
    ["alb", "alb-multi-value"],
    ["lattice", "lattice-v1"],
    ["lattice", "lattice-v2"],
    ["api-gateway", "api-gateway"],
    ["lambda-endpoint", "direct"],
  ] as const)("passes for the event of %s in form %s", (kind, form) => {
    const target = echoing(kind, form);
    expect(eventHasDocumentedForm.judge([event(form, target)], target)).toMatchObject({ kind: "pass" });
  });
  test("fails for an event of another form, and says what is missing", () => {
    const verdict = eventHasDocumentedForm.judge([event("alb", alb)], echoing("alb", "alb-multi-value"));
    expect(verdict).toMatchObject({ kind: "fail", cause: { code: "unexpected-body" } });
    expect(verdict.summary).toContain("multiValueHeaders");
  });
  test("fails for an answer that is no event", () => {
    expect(eventHasDocumentedForm.judge([answered("event", { body: "<html>" })], alb)).toMatchObject({ kind: "fail" });
  });
});

describe("headers", () => {
  test("request-headers-fit sends four KiB more than usual, and passes when they are taken", () => {
    const sent = Object.entries(onlyRequest(requestHeadersFit, alb).headers);
    expect(sent.reduce((sum, [, value]) => sum + value.length, 0)).toBeGreaterThanOrEqual(4096);
    expect(requestHeadersFit.judge([answered("x", {})], alb).kind).toBe("pass");
  });
  test.each(["alb", "lattice", "api-gateway"])("request-headers-fit fails where %s finds them too large", (kind) => {
    const target = makeTarget(kind, { echo: alb.echo });
    const exchange = refused(target, { kind: "headers-too-large" });
    const large = { ...exchange, sent: { ...exchange.sent, headerBytes: bytes(4600) } };
    expect(requestHeadersFit.judge([large], target)).toMatchObject({
      kind: "fail",
      cause: { code: "headers-too-large" },
    });
  });
  test("response-headers-fit counts what came back", () => {
    const filler = (count: number) =>
      Array.from({ length: count }, (_, i): [string, string] => [`x-echo-filler-${i}`, "f".repeat(1024)]);
    expect(onlyRequest(responseHeadersFit, alb).path).toBe("/orders/1?headers=4096");
    expect(responseHeadersFit.judge([answered("x", { headers: filler(4) })], alb).kind).toBe("pass");
    const verdict = responseHeadersFit.judge([answered("x", { headers: filler(3) })], alb);
    expect(verdict.kind).toBe("fail");
    expect(verdict.summary).toContain("with 3 KiB of them");
    expect(responseHeadersFit.notFor(direct, means)).toContain("no response headers");
  });
});

describe("function-error-is-seen", () => {
  const threw: Outcome = makeAnswer({
    headers: [["x-amz-function-error", "Unhandled"]],
    body: '{"errorMessage":"asked for by pathproof","errorType":"Error"}',
  });
  test("asks a function that is invoked directly to throw", () => {
    expect(onlyRequest(functionErrorIsSeen, direct).body).toContain('"error":"asked for by pathproof"');
    expect(functionErrorIsSeen.notFor(alb, means)).toContain("direct invocation");
  });
  test("passes when the header tells, and fails when it is lost", () => {
    expect(functionErrorIsSeen.judge([makeExchange({ outcome: threw })], direct).kind).toBe("pass");
    expect(functionErrorIsSeen.judge([makeExchange()], direct)).toMatchObject({ kind: "fail" });
  });
});
