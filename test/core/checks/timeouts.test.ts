import { describe, expect, test } from "vitest";
import type { Means } from "#core/checks/check.ts";
import { timeoutsAreOrdered } from "#core/checks/timeouts-are-ordered.ts";
import { timeoutsCutAsDeclared } from "#core/checks/timeouts-cut-as-declared.ts";
import type { Exchange, Outcome } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { noTimeouts, type Timeouts } from "#core/targets/timeouts.ts";
import { mib, minutes, ms, seconds } from "#core/units.ts";
import { makeAnswer, makeExchange, makeFailed, makeTarget } from "../../support/make.ts";

const means: Means = { credentials: "long-term", endedSession: false };

const declaring = (kind: string, timeouts: Partial<Timeouts>): Target =>
  makeTarget(kind, {
    timeouts: { ...noTimeouts, ...timeouts },
    echo: { event: kind === "lambda-endpoint" ? "direct" : "alb", requestBytesMax: mib(1) },
  });

const judge = (kind: string, timeouts: Partial<Timeouts>) => timeoutsAreOrdered.judge([], declaring(kind, timeouts));

describe("timeouts-are-ordered", () => {
  test("needs something declared, and something to hold it against", () => {
    const notFor = (kind: string, timeouts: Partial<Timeouts>) =>
      timeoutsAreOrdered.notFor(declaring(kind, timeouts), means);
    expect(notFor("api-gateway", {})).toBe("its config declares no timeouts");
    expect(notFor("lattice", { clientMs: seconds(30) })).toBe("only one timeout of its path is known");
    expect(notFor("api-gateway", { clientMs: seconds(30) })).toBeNull();
    expect(timeoutsAreOrdered.script(declaring("alb", {}), means)).toEqual([]);
  });

  test("passes where everyone waits longer than what stands behind", () => {
    const verdict = judge("api-gateway", { clientMs: seconds(40), proxyMs: seconds(35), functionMs: seconds(20) });
    expect(verdict).toMatchObject({
      kind: "pass",
      measures: {
        clientTimeoutMs: 40_000,
        proxyTimeoutMs: 35_000,
        integrationTimeoutMs: 29_000,
        functionTimeoutMs: 20_000,
      },
    });
  });

  test("names each who gives up before what stands behind", () => {
    const verdict = judge("api-gateway", { clientMs: seconds(10), functionMs: minutes(1) });
    if (verdict.kind !== "fail") throw new Error(verdict.kind);
    expect(verdict.summary).toBe(
      "the caller gives up after 10 s while the front (Private API Gateway) may go on for 29 s; the front (Private API Gateway) gives up after 29 s while the function may go on for 1 min",
    );
    expect(verdict.cause).toMatchObject({ code: "timeouts-inverted", confidence: "certain" });
    expect(verdict.cause.evidence).toHaveLength(2);
  });

  test("lets a short function make up for a patient front", () => {
    expect(judge("alb", { clientMs: seconds(10), functionMs: seconds(5) }).kind).toBe("pass");
    expect(judge("alb", { clientMs: seconds(10), functionMs: seconds(15) })).toMatchObject({
      summary: "the caller gives up after 10 s while the front (Internal ALB) may go on for 15 s",
    });
  });

  test("calls it inverted when both give up at the same moment", () => {
    expect(judge("lambda-endpoint", { clientMs: seconds(15), functionMs: seconds(15) }).kind).toBe("fail");
  });

  test("takes Lambda's limit of 15 minutes for the function's and not for somebody who waits", () => {
    const target = declaring("lambda-endpoint", { clientMs: seconds(30) });
    expect(timeoutsAreOrdered.notFor(target, means)).toBe("only one timeout of its path is known");
  });
});

const api = declaring("api-gateway", { integrationMs: ms(1000) });
const took = (step: string, serviceMs: number, outcome: Outcome): Exchange =>
  makeExchange({
    step,
    outcome,
    phases: { ...makeExchange().phases, serviceMs: ms(serviceMs), totalMs: ms(serviceMs) },
  });
const late504 = makeAnswer({ status: 504, body: '{"message": "Endpoint request timed out"}' });
const marks = (marked: number, instance = "one"): Outcome => makeAnswer({ body: JSON.stringify({ marked, instance }) });

const around = (below: Outcome, above: Outcome, before = marks(0), after = marks(1)) =>
  timeoutsCutAsDeclared.judge(
    [
      took("just below", 901, below),
      took("marks before", 1, before),
      took("just above", 1002, above),
      took("marks after", 1, after),
    ],
    api,
  );

describe("timeouts-cut-as-declared", () => {
  test("asks just before and just after the first timer behind the caller, and waits for as long", () => {
    const target = declaring("api-gateway", { clientMs: seconds(5), functionMs: minutes(1) });
    const steps = timeoutsCutAsDeclared.script(target, means);
    expect(steps.map(({ request }) => /delay=(\d+)/.exec(request?.path ?? "")?.[1])).toEqual([
      "26100",
      undefined,
      "31900",
      undefined,
    ]);
    expect(steps[2]?.patienceMs).toBeGreaterThan(31_900);
  });

  test("is not asked where nothing is known of who waits behind", () => {
    expect(timeoutsCutAsDeclared.notFor(declaring("lattice", { clientMs: seconds(9) }), means)).toContain(
      "nothing says",
    );
    expect(timeoutsCutAsDeclared.notFor(makeTarget("alb"), means)).toContain("echo");
  });

  test("tells who cut off, when, with what, and that the function went on", () => {
    const verdict = around(makeAnswer({}), late504);
    expect(verdict).toMatchObject({
      kind: "pass",
      measures: { declaredMs: 1000, cutAfterMs: 1002, status: 504, functionWentOn: "yes" },
    });
    expect(verdict.summary).toContain("was answered 504 after 1002 ms (integration-timeout");
    expect(verdict.summary).toContain("the function went on and finished for nobody");
  });

  test.each([
    ["no", marks(3), marks(3)],
    ["not known", marks(3), marks(9, "another")],
    ["not known", makeAnswer({ body: "{}" }), makeAnswer({ body: "{}" })],
  ])("says of the function's end: %s", (word, before, after) => {
    expect(around(makeAnswer({}), late504, before, after)).toMatchObject({ measures: { functionWentOn: word } });
  });

  test("fails where an answer is cut off before its time", () => {
    const verdict = around(late504, late504);
    expect(verdict).toMatchObject({ kind: "fail", cause: { code: "timeout-not-as-declared" } });
    expect(verdict.kind === "fail" && verdict.cause.alternatives).toContain("integration-timeout");
  });

  test("fails where nobody cuts off what comes too late", () => {
    expect(around(makeAnswer({}), makeAnswer({}))).toMatchObject({
      kind: "fail",
      cause: { code: "timeout-not-as-declared" },
    });
  });

  test("fails where there is silence in place of a refusal", () => {
    const silence = makeFailed({ kind: "timeout", phase: "wait", afterMs: ms(11_100) }).outcome;
    expect(around(makeAnswer({}), silence)).toMatchObject({ kind: "fail", cause: { code: "response-timeout" } });
  });
});
