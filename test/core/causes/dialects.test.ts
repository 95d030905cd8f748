import { describe, expect, test } from "vitest";
import { diagnose } from "#core/causes/diagnose.ts";
import type { SigningVariant } from "#core/observations/exchange.ts";
import type { PolicyLayer, Refusal } from "#core/targets/dialects/dialect.ts";
import type { Target } from "#core/targets/target.ts";
import { bytes } from "#core/units.ts";
import { makeAnswer, makeExchange, makeTarget } from "../../support/make.ts";
import { sent } from "./scenes.ts";

// What a front says for a reason must be recognised as that reason: both sides were written apart, from the same sources.

const signed = (kind: string): Target => makeTarget(kind, { auth: "iam" });
const echoing = (kind: string): Target => makeTarget(kind, { echo: { event: "direct", requestBytesMax: bytes(1000) } });

interface Case {
  readonly refusal: Refusal;
  readonly code: string;
  readonly signing?: SigningVariant;
}

const stamps = { signedAt: "20261123T090000Z", now: "20261123T100000Z", windowMinutes: 5 };
const denied = (layer: PolicyLayer, explicit = false): Refusal => ({
  kind: "denied",
  principal: "arn:aws:sts::123456789012:assumed-role/shop/i-1",
  action: "x:Invoke",
  resource: "arn:aws:x:eu-west-1:123456789012:thing",
  layer,
  explicit,
});
const theirs = "GET\n/\n\nhost:other.example\nx-amz-date:20261123T100000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD";

const ofEveryVerifier: readonly Case[] = [
  {
    refusal: { kind: "wrong-scope", problems: ["Credential should be scoped to correct service: 'x'."] },
    code: "auth-wrong-service",
    signing: "wrong-service",
  },
  {
    refusal: { kind: "wrong-scope", problems: ["Credential should be scoped to a valid region, not 'y'."] },
    code: "auth-wrong-region",
    signing: "wrong-region",
  },
  { refusal: { kind: "signature-expired", ...stamps }, code: "auth-clock-skew", signing: "skewed-clock" },
  { refusal: { kind: "signature-not-yet", ...stamps }, code: "auth-clock-skew", signing: "skewed-clock" },
  {
    refusal: {
      kind: "signature-mismatch",
      canonicalRequest: theirs.replace("other.example", "orders.example.internal"),
      stringToSign: "s",
    },
    code: "auth-signature-mismatch",
    signing: "tampered",
  },
  { refusal: { kind: "signature-mismatch", canonicalRequest: theirs, stringToSign: "s" }, code: "auth-host-mismatch" },
  { refusal: { kind: "unknown-key" }, code: "auth-unknown-key", signing: "unknown-key" },
  { refusal: { kind: "token-expired" }, code: "auth-token-expired", signing: "ended-session" },
  { refusal: { kind: "payload-signed" }, code: "auth-payload-signed", signing: "signed-payload" },
  { refusal: { kind: "auth-incomplete", missing: "Credential" }, code: "auth-missing" },
  { refusal: { kind: "auth-incomplete", missing: "Host" }, code: "auth-host-mismatch" },
  { refusal: { kind: "auth-missing" }, code: "auth-missing", signing: "unsigned" },
  { refusal: denied("identity"), code: "denied-identity-policy" },
  { refusal: denied("resource"), code: "denied-resource-policy" },
  { refusal: denied("endpoint"), code: "denied-endpoint-policy" },
  { refusal: denied("lattice-service"), code: "denied-lattice-service-policy" },
  { refusal: denied("lattice-network"), code: "denied-lattice-network-policy" },
  { refusal: denied("resource", true), code: "denied-explicit" },
  { refusal: denied("identity", true), code: "denied-explicit" },
  { refusal: denied("endpoint", true), code: "denied-explicit" },
];

const ofOneKind: readonly (Case & { readonly target: Target })[] = [
  { target: signed("lambda-endpoint"), refusal: { kind: "auth-missing" }, code: "auth-missing" },
  { target: signed("lattice"), refusal: { kind: "auth-missing" }, code: "auth-missing" },
  {
    target: signed("lambda-endpoint"),
    refusal: { kind: "function-not-found", arn: "arn:aws:lambda:r:1:function:x" },
    code: "function-not-found",
  },
  { target: signed("lambda-endpoint"), refusal: { kind: "throttled" }, code: "throttled" },
  { target: signed("lambda-endpoint"), refusal: { kind: "quota-exceeded" }, code: "quota-exceeded" },
  {
    target: signed("lambda-endpoint"),
    refusal: { kind: "payload-too-large", limitBytes: 10 },
    code: "payload-too-large",
  },
  { target: signed("lambda-endpoint"), refusal: { kind: "headers-too-large" }, code: "headers-too-large" },
  { target: signed("lambda-endpoint"), refusal: { kind: "target-unreachable" }, code: "target-unreachable" },
  {
    target: signed("lambda-endpoint"),
    refusal: { kind: "function-error", errorType: "Error", errorMessage: "no" },
    code: "function-error",
  },
  {
    target: signed("lambda-endpoint"),
    refusal: {
      kind: "function-error",
      errorType: "Sandbox.Timedout",
      errorMessage: "RequestId: 1 Error: Task timed out after 3.00 seconds",
    },
    code: "function-timeout",
  },
  { target: signed("lattice"), refusal: { kind: "no-route" }, code: "lattice-no-route" },
  { target: signed("lattice"), refusal: { kind: "not-identified" }, code: "lattice-no-route" },
  { target: signed("lattice"), refusal: { kind: "throttled" }, code: "throttled" },
  { target: signed("lattice"), refusal: { kind: "payload-too-large", limitBytes: 10 }, code: "payload-too-large" },
  { target: signed("lattice"), refusal: { kind: "target-unreachable" }, code: "target-unreachable" },
  { target: signed("lattice"), refusal: { kind: "target-timeout" }, code: "target-timeout" },
  { target: signed("lattice"), refusal: { kind: "no-targets" }, code: "no-targets" },
  { target: echoing("lattice"), refusal: { kind: "invalid-function-response" }, code: "invalid-function-response" },
  { target: signed("api-gateway"), refusal: { kind: "not-identified" }, code: "apigw-forbidden" },
  { target: signed("api-gateway"), refusal: { kind: "unknown-route" }, code: "apigw-unknown-route" },
  { target: signed("api-gateway"), refusal: { kind: "throttled" }, code: "throttled" },
  { target: signed("api-gateway"), refusal: { kind: "quota-exceeded" }, code: "quota-exceeded" },
  { target: signed("api-gateway"), refusal: { kind: "payload-too-large", limitBytes: 10 }, code: "payload-too-large" },
  { target: signed("api-gateway"), refusal: { kind: "integration-timeout" }, code: "integration-timeout" },
  { target: signed("api-gateway"), refusal: { kind: "invalid-function-response" }, code: "invalid-function-response" },
  { target: signed("api-gateway"), refusal: { kind: "target-unreachable" }, code: "target-unreachable" },
  { target: makeTarget("alb"), refusal: { kind: "payload-too-large", limitBytes: 10 }, code: "payload-too-large" },
  { target: makeTarget("alb"), refusal: { kind: "no-targets" }, code: "no-targets" },
  { target: makeTarget("alb"), refusal: { kind: "target-timeout" }, code: "target-timeout" },
  { target: makeTarget("alb"), refusal: { kind: "invalid-function-response" }, code: "invalid-function-response" },
  { target: makeTarget("http"), refusal: { kind: "throttled" }, code: "throttled" },
  { target: makeTarget("http"), refusal: { kind: "payload-too-large", limitBytes: 10 }, code: "payload-too-large" },
  { target: makeTarget("http"), refusal: { kind: "headers-too-large" }, code: "headers-too-large" },
  { target: makeTarget("http"), refusal: { kind: "target-unreachable" }, code: "target-unreachable" },
  { target: makeTarget("http"), refusal: { kind: "target-timeout" }, code: "target-timeout" },
];

function firstCause(target: Target, { refusal, signing }: Case): string | undefined {
  const { status, headers, body, statusText } = target.kind.dialect.say(refusal).value;
  const exchange = makeExchange({
    sent: sent({ signing: signing ?? (target.auth === "iam" ? "correct" : "unsigned") }),
    outcome: makeAnswer({ status, headers, body, statusText }),
  });
  return diagnose([exchange], target)[0]?.code;
}

describe.each(["lambda-endpoint", "lattice", "api-gateway", "http"])("what %s says", (kind) => {
  test.each(ofEveryVerifier)("for $refusal.kind is recognised as $code", (one) => {
    expect(firstCause(signed(kind), one)).toBe(one.code);
  });
});

describe("what a front says of the service behind it", () => {
  test.each(ofOneKind.map((one) => ({ ...one, kind: one.target.kind.kind })))(
    "$kind, $refusal.kind: recognised as $code",
    ({ target, ...one }) => {
      expect(firstCause(target, one)).toBe(one.code);
    },
  );

  test.each(["api-gateway", "alb", "lattice"])("%s: large headers are told by what was sent", (kind) => {
    const target = makeTarget(kind);
    const { status, headers, body } = target.kind.dialect.say({ kind: "headers-too-large" }).value;
    const signing = target.auth === "iam" ? "correct" : "unsigned";
    const outcome = makeAnswer({ status, headers, body });
    const large = makeExchange({ sent: sent({ signing, headerBytes: bytes(70_000) }), outcome });
    expect(diagnose([large], target)[0]?.code).toBe("headers-too-large");
    expect(diagnose([makeExchange({ sent: sent({ signing }), outcome })], target)[0]?.code).toBe("unexpected-status");
  });
});
