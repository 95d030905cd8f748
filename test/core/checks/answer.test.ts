import { describe, expect, test } from "vitest";
import { answerIsAsExpected } from "#core/checks/answer-is-as-expected.ts";
import type { Means } from "#core/checks/check.ts";
import { connectionIsReused } from "#core/checks/connection-is-reused.ts";
import { openIsAnswered } from "#core/checks/open-is-answered.ts";
import { requestsAreRouted } from "#core/checks/requests-are-routed.ts";
import { signedIsAnswered } from "#core/checks/signed-is-answered.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { bytes, ms } from "#core/units.ts";
import { makeAnswer, makeConnection, makeExchange, makeFailed, makeTarget } from "../../support/make.ts";
import { refused } from "./refused.ts";

const means: Means = { credentials: "long-term", endedSession: false };
const lambda = makeTarget("lambda-endpoint");

const denied = (layer: "identity" | "endpoint"): Refusal => ({
  kind: "denied",
  principal: "arn:aws:iam::111122223333:user/app",
  action: "lambda:InvokeFunction",
  resource: "arn:aws:lambda:eu-west-1:111122223333:function:orders",
  layer,
  explicit: false,
});

describe("signed-is-answered", () => {
  test("passes for an answer, and leaves whether it is the expected one to the next check", () => {
    expect(signedIsAnswered.judge([makeExchange()], lambda)).toMatchObject({
      kind: "pass",
      summary: "the signed request was answered 200",
      measures: { connectMs: 1, tlsMs: 4, serviceMs: 5.3 },
    });
    const odd = makeExchange({ outcome: makeAnswer({ status: 410 }) });
    expect(signedIsAnswered.judge([odd], makeTarget("alb", { auth: "iam" })).kind).toBe("pass");
  });
  test.each([
    ["identity", "denied-identity-policy"],
    ["endpoint", "denied-endpoint-policy"],
  ] as const)("fails when the %s policy is silent", (layer, code) => {
    expect(signedIsAnswered.judge([refused(lambda, denied(layer))], lambda)).toMatchObject({
      kind: "fail",
      summary: "the signed request was answered 403",
      cause: { code },
    });
  });
  test("fails when the function does, although the status is 200", () => {
    const threw = refused(lambda, { kind: "function-error", errorType: "Error", errorMessage: "no" });
    expect(signedIsAnswered.judge([threw], lambda)).toMatchObject({ kind: "fail", cause: { code: "function-error" } });
  });
  test("fails when no answer comes", () => {
    const silent = makeFailed({ kind: "timeout", phase: "wait", afterMs: ms(10_000) });
    expect(signedIsAnswered.judge([silent], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "response-timeout" },
    });
  });
  test("is inconclusive, naming the cause, when there is nothing to sign with", () => {
    const missing = makeFailed({ kind: "credentials-missing", detail: "none found" });
    expect(signedIsAnswered.judge([missing], lambda)).toMatchObject({
      kind: "inconclusive",
      cause: { code: "credentials-missing" },
    });
  });
  test("an error that the config expects is an answer", () => {
    const [main] = lambda.requests;
    const expecting = makeTarget("lattice", {
      requests: [{ ...main, expect: { statuses: [404], body: null, headers: {} } }],
    });
    const answer = makeExchange({ outcome: makeAnswer({ status: 404 }) });
    expect(signedIsAnswered.judge([answer], expecting).kind).toBe("pass");
  });
  test("a certificate that ends soon does not come back here", () => {
    const tls = {
      version: "TLSv1.3",
      cipher: "",
      alpn: null,
      subject: "",
      issuer: "",
      altNames: [],
      validFrom: "2026-01-01T00:00:00.000Z",
      validTo: "2026-11-24T10:00:00.000Z",
      fingerprint256: "",
    };
    expect(signedIsAnswered.judge([makeExchange({ tls })], lambda).kind).toBe("pass");
  });
  test("applies where requests are signed, and open-is-answered where they are not", () => {
    const open = makeTarget("alb", { auth: "none" });
    expect([signedIsAnswered.notFor(lambda, means), openIsAnswered.notFor(open, means)]).toEqual([null, null]);
    expect(signedIsAnswered.notFor(open, means)).toContain("auth: none");
    expect(openIsAnswered.notFor(lambda, means)).toContain("auth: iam");
    expect(openIsAnswered.script(open, means)).toMatchObject([{ signing: "unsigned", until: "answered" }]);
  });
});

describe("answer-is-as-expected", () => {
  const [main] = lambda.requests;
  const target = makeTarget("alb", {
    auth: "none",
    requests: [{ ...main, expect: { statuses: [200], body: { kind: "contains", text: "order" }, headers: {} } }],
  });
  const answer = (status: number, body: string): Exchange => {
    const exchange = makeExchange({ outcome: makeAnswer({ status, body }) });
    return { ...exchange, sent: { ...exchange.sent, signing: "unsigned" } };
  };
  test("passes for the expected status and body", () => {
    expect(answerIsAsExpected.judge([answer(200, "the order")], target)).toMatchObject({
      kind: "pass",
      summary: "GET /orders/1 was answered 200, as expected",
    });
  });
  test("fails for another status, and for another body", () => {
    expect(answerIsAsExpected.judge([answer(410, "the order")], target)).toMatchObject({
      kind: "fail",
      summary: "GET /orders/1 was answered 410 instead of 200",
      cause: { code: "unexpected-status" },
    });
    expect(answerIsAsExpected.judge([answer(200, "welcome")], target)).toMatchObject({
      kind: "fail",
      cause: { code: "unexpected-body" },
    });
  });
  test("is inconclusive without an exchange", () => {
    expect(answerIsAsExpected.judge([], target).kind).toBe("inconclusive");
  });
});

describe("requests-are-routed", () => {
  const [main] = lambda.requests;
  const beta: TargetRequest = {
    ...main,
    name: "beta",
    headers: { "x-release": "beta" },
    expect: { statuses: [200], body: { kind: "contains", text: "beta" }, headers: {} },
  };
  const gone: TargetRequest = { ...main, name: "gone", path: "/gone", expect: { ...main.expect, statuses: [404] } };
  const target = makeTarget("lattice", { requests: [main, beta, gone] });
  const answered = (step: string, path: string, status: number, body: string): Exchange => {
    const exchange = makeExchange({ step, outcome: makeAnswer({ status, body }) });
    return { ...exchange, sent: { ...exchange.sent, path } };
  };
  test("asks for all but the main request", () => {
    expect(requestsAreRouted.script(target, means).map(({ label }) => label)).toEqual(["beta", "gone"]);
    expect(requestsAreRouted.notFor(lambda, means)).toContain("one request only");
  });
  test("passes when each is answered as its own expectation has it", () => {
    const exchanges = [answered("beta", "/orders/1", 200, "beta"), answered("gone", "/gone", 404, "")];
    expect(requestsAreRouted.judge(exchanges, target)).toMatchObject({ kind: "pass", measures: { requests: 2 } });
  });
  test("fails for one that is answered as another would be, and names it", () => {
    const exchanges = [answered("beta", "/orders/1", 200, "stable"), answered("gone", "/gone", 404, "")];
    const verdict = requestsAreRouted.judge(exchanges, target);
    expect(verdict).toMatchObject({ kind: "fail", cause: { code: "unexpected-body" } });
    expect(verdict.summary).toContain("beta was answered 200, but the body");
  });
  test("fails for a route that is not there", () => {
    const exchanges = [answered("beta", "/orders/1", 200, "beta"), answered("gone", "/gone", 200, "")];
    expect(requestsAreRouted.judge(exchanges, target)).toMatchObject({
      kind: "fail",
      summary: "gone was answered 200 instead of 404",
      cause: { code: "unexpected-status" },
    });
  });
});

describe("connection-is-reused", () => {
  const first = makeExchange();
  const second = (over: Partial<Exchange>): Exchange =>
    makeExchange({
      step: "second",
      sent: { ...first.sent, keptAfterMs: ms(0) },
      connection: makeConnection({ reusedSocket: true, requestsBefore: 1 }),
      ...over,
    });
  test("asks twice, the second time at once on the same socket, and alone", () => {
    expect(connectionIsReused.alone).toBe(true);
    expect(connectionIsReused.script(lambda, means)).toMatchObject([
      { socket: { kind: "fresh" }, signing: "correct" },
      { socket: { kind: "kept", idleBeforeMs: 0 }, signing: "correct" },
    ]);
  });
  test("passes when the second went out on the first one's socket", () => {
    expect(connectionIsReused.judge([first, second({})], lambda).kind).toBe("pass");
  });
  test("fails when a new connection was needed", () => {
    const closing = makeExchange({ outcome: makeAnswer({ keptAlive: false }) });
    expect(
      connectionIsReused.judge([closing, second({ connection: makeConnection({ id: 2 }) })], lambda),
    ).toMatchObject({
      kind: "fail",
      summary: "the second request needed a new connection: the first answer announced its close",
      cause: { code: "reuse-refused" },
    });
  });
  test("fails when the second dies on the reused socket", () => {
    const reset = second({ outcome: { kind: "failed", failure: { kind: "reset", phase: "wait" } } });
    expect(connectionIsReused.judge([first, reset], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "stale-reuse-reset" },
    });
  });
  test("asks anew, with a silence between, when the second was cut off, and names who closes after each answer", () => {
    const lost = second({ outcome: { kind: "failed", failure: { kind: "closed", phase: "wait" } } });
    const steps = connectionIsReused.more?.([first, lost], lambda, means) ?? [];
    expect(steps).toMatchObject([{ socket: { kind: "fresh" } }, { socket: { kind: "kept", idleBeforeMs: 300 } }]);
    const anew = makeExchange({ connection: makeConnection({ id: 3 }) });
    const over = { sent: { ...first.sent, keptAfterMs: ms(300) } };
    const closed = makeExchange({ ...over, connection: makeConnection({ id: 4 }) });
    expect(connectionIsReused.judge([first, lost, anew, closed], lambda)).toMatchObject({
      kind: "fail",
      summary: expect.stringContaining("another was closed within 300 ms of its answer"),
      cause: { code: "reuse-refused", confidence: "certain", alternatives: ["stale-reuse-reset"] },
    });
    const lostAgain = second({ ...over, outcome: lost.outcome });
    expect(connectionIsReused.judge([first, lost, anew, lostAgain], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "reuse-refused", confidence: "likely" },
    });
    const kept = makeExchange({ ...over, connection: makeConnection({ id: 3, reusedSocket: true }) });
    expect(connectionIsReused.judge([first, lost, anew, kept], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "stale-reuse-reset" },
    });
    expect(connectionIsReused.more?.([first, lost, anew, kept], lambda, means)).toEqual([]);
    expect(connectionIsReused.more?.([first, second({})], lambda, means)).toEqual([]);
  });
  test("says of a failed first request that there was nothing to keep", () => {
    const cut = makeFailed({ kind: "truncated", expectedBytes: bytes(10), receivedBytes: bytes(4) });
    expect(connectionIsReused.judge([cut, cut], lambda)).toMatchObject({
      kind: "fail",
      cause: { code: "response-truncated" },
    });
  });
  test("is inconclusive without both requests", () => {
    expect(connectionIsReused.judge([first], lambda).kind).toBe("inconclusive");
  });
});
