import { describe, expect, test } from "vitest";
import { diagnose } from "#core/causes/diagnose.ts";
import { searchFor } from "#core/patterns/index.ts";
import { createJudge } from "#core/plan/judge-answer.ts";
import { plannedTarget } from "#core/plan/make-load-plan.ts";
import type { DeniedBy } from "#core/targets/access.ts";
import type { PolicyLayer, Refusal } from "#core/targets/dialects/dialect.ts";
import { expectAccess } from "#core/targets/expect-access.ts";
import type { Expectation, Target } from "#core/targets/target.ts";
import { makeAnswer, makeTarget } from "../../support/make.ts";
import { refused } from "../checks/refused.ts";

interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

const judge = createJudge<Answer>({
  status: ({ status }) => status,
  body: ({ body }) => body,
  header: ({ headers }, name) => headers.find(([own]) => own === name)?.[1],
  search: searchFor,
});

const usual: Expectation = { statuses: [200], body: null, headers: {} };
const refusedBy = (by: DeniedBy): Expectation => expectAccess(usual, { kind: "denied", by });

function judged(answer: Answer, expectation: Expectation, target: Target, signed = true) {
  const [main] = target.requests;
  return judge(answer, { ...main, expect: expectation }, plannedTarget({ target, addresses: [] }), signed);
}

const kinds = ["lambda-endpoint", "lattice", "api-gateway"] as const;
const layers = ["identity", "resource", "endpoint", "lattice-service", "lattice-network"] as const;
const denied = (layer: PolicyLayer, explicit = false): Refusal => ({
  kind: "denied",
  principal: "arn:aws:sts::111122223333:assumed-role/reader/check",
  action: "lambda:InvokeFunction",
  resource: "arn:aws:lambda:eu-west-1:111122223333:function:orders",
  layer,
  explicit,
});

const stamps = { signedAt: "20261123T101112Z", now: "20261123T111112Z", windowMinutes: 5 };
const others: readonly Refusal[] = [
  { kind: "auth-missing" },
  { kind: "auth-incomplete", missing: "Signature" },
  { kind: "wrong-scope", problems: ["Credential should be scoped to a valid region."] },
  { kind: "wrong-scope", problems: ["Credential should be scoped to correct service: 'lambda'."] },
  { kind: "signature-expired", ...stamps },
  { kind: "signature-not-yet", ...stamps },
  { kind: "signature-mismatch", canonicalRequest: "GET\n/", stringToSign: "AWS4-HMAC-SHA256" },
  { kind: "unknown-key" },
  { kind: "token-expired" },
  { kind: "payload-signed" },
  { kind: "unknown-route" },
];

function answerOf(target: Target, refusal: Refusal) {
  const exchange = refused(target, refusal);
  if (exchange.outcome.kind !== "answered") throw new Error("a refusal is an answer");
  return { exchange, answer: exchange.outcome };
}

describe("an answer of a load", () => {
  test.for(
    kinds.flatMap((kind) =>
      [...layers.flatMap((layer) => [denied(layer), denied(layer, true)]), ...others]
        // Elsewhere a route that is not there is a 404, which refuses nobody.
        .filter((refusal) => refusal.kind !== "unknown-route" || kind === "api-gateway")
        .map((refusal) => [kind, refusal.kind, refusal] as const),
    ),
  )("that refuses unexpectedly counts as check names it: %s, %s", ([kind, , refusal]) => {
    const target = makeTarget(kind);
    const { exchange, answer } = answerOf(target, refusal);
    const [cause] = diagnose([exchange], target);
    const { problem } = judged(answer, usual, target);
    expect(problem === "status" ? "unexpected-status" : problem).toBe(cause?.code);
  });

  test.for(kinds.flatMap((kind) => layers.map((layer) => [kind, layer] as const)))(
    "that refuses as it should, and by what should, is told apart from a refusal by any other: %s, %s",
    ([kind, layer]) => {
      const target = makeTarget(kind);
      const { answer } = answerOf(target, denied(layer));
      // API Gateway names no layer for its resource policy, and has none of Lattice's.
      const seen = judged(answer, refusedBy("any"), target).refusedBy;
      if (seen === null) throw new Error("it is refused");
      const by = seen === "unnamed" ? "any" : seen;
      expect(judged(answer, refusedBy(by), target)).toEqual({ problem: null, refusedBy: seen });
      const another = by === "endpoint-policy" ? "identity-policy" : "endpoint-policy";
      expect(judged(answer, refusedBy(another), target)).toEqual({ problem: `denied-${seen}`, refusedBy: null });
      expect(judged(answer, refusedBy("explicit"), target).problem).toBe(`denied-${seen}`);
      expect(judged(answer, refusedBy("authentication"), target).problem).toBe(`denied-${seen}`);
    },
  );

  test("that names its layer is taken at its word", () => {
    const names = layers.map(
      (layer) =>
        judged(answerOf(makeTarget("lattice"), denied(layer)).answer, refusedBy("any"), makeTarget("lattice"))
          .refusedBy,
    );
    expect(names).toEqual(layers.map((layer) => `${layer}-policy`));
  });

  test("that lets in who should be refused says so, of the signed and of the unsigned", () => {
    const target = makeTarget("lattice");
    const answer = makeAnswer({ status: 200 });
    expect(judged(answer, refusedBy("any"), target).problem).toBe("open-to-principal");
    expect(judged(answer, refusedBy("any"), target, false).problem).toBe("open-to-unsigned");
    expect(judged(makeAnswer({ status: 502 }), refusedBy("any"), target).problem).toBe("status");
  });

  test("that refuses without a word is any refusal, and none by a layer", () => {
    const target = makeTarget("http", { auth: "none" });
    const answer = makeAnswer({ status: 403, body: "no" });
    expect(judged(answer, refusedBy("any"), target)).toEqual({ problem: null, refusedBy: "unnamed" });
    // Not `status`: that is as expected, and k6 would see nothing wrong.
    expect(judged(answer, refusedBy("identity-policy"), target).problem).toBe("unexpected-status");
    expect(judged(answer, usual, target).problem).toBe("status");
    expect(judged(answer, { ...usual, statuses: [403] }, target)).toEqual({ problem: null, refusedBy: null });
  });

  test("is judged by what it contains where it is refused, too", () => {
    const target = makeTarget("lambda-endpoint");
    const { answer } = answerOf(target, denied("identity"));
    const expectation = { ...refusedBy("identity-policy"), headers: { "x-amzn-errortype": "AccessDenied" } };
    expect(judged(answer, expectation, target)).toEqual({ problem: null, refusedBy: "identity-policy" });
    const missing = { ...expectation, body: { kind: "contains", text: "tea" } } as const;
    expect(judged(answer, missing, target)).toEqual({ problem: "unexpected-body", refusedBy: null });
  });

  test("keeps its meaning however many other words came between", () => {
    const target = makeTarget("lambda-endpoint");
    const { answer } = answerOf(target, denied("endpoint"));
    for (let at = 0; at < 200; at++) {
      const other = { ...answer, body: answer.body.replace("reader", `reader-${at}`) };
      expect(judged(other, refusedBy("endpoint-policy"), target).refusedBy).toBe("endpoint-policy");
    }
    expect(judged(answer, refusedBy("identity-policy"), target).problem).toBe("denied-endpoint-policy");
  });
});
