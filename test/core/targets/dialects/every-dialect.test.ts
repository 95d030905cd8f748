import { describe, expect, test } from "vitest";
import { albHtml } from "#core/targets/dialects/alb-html.ts";
import { apiGatewayJson } from "#core/targets/dialects/api-gateway-json.ts";
import type { Dialect, Refusal } from "#core/targets/dialects/dialect.ts";
import { lambdaJson } from "#core/targets/dialects/lambda-json.ts";
import { latticeText } from "#core/targets/dialects/lattice-text.ts";
import { plain } from "#core/targets/dialects/plain.ts";

const dialects: Readonly<Record<string, Dialect>> = { lambdaJson, latticeText, apiGatewayJson, albHtml, plain };

const stamps = { signedAt: "20260803T101500Z", now: "20260803T105000Z", windowMinutes: 5 };
const one = {
  "auth-missing": { kind: "auth-missing" },
  "auth-incomplete": { kind: "auth-incomplete", missing: "Signature" },
  "wrong-scope": { kind: "wrong-scope", problems: ["Credential should be scoped to correct service: 'lambda'."] },
  "signature-expired": { kind: "signature-expired", ...stamps },
  "signature-not-yet": { kind: "signature-not-yet", ...stamps },
  "signature-mismatch": { kind: "signature-mismatch", canonicalRequest: "", stringToSign: "" },
  "unknown-key": { kind: "unknown-key" },
  "token-expired": { kind: "token-expired" },
  "payload-signed": { kind: "payload-signed" },
  denied: { kind: "denied", principal: "anonymous", action: "a", resource: "r", layer: "resource", explicit: false },
  "not-identified": { kind: "not-identified" },
  "unknown-route": { kind: "unknown-route" },
  "function-not-found": { kind: "function-not-found", arn: "arn" },
  "no-route": { kind: "no-route" },
  fixed: { kind: "fixed", status: 404 },
  throttled: { kind: "throttled" },
  "quota-exceeded": { kind: "quota-exceeded" },
  "payload-too-large": { kind: "payload-too-large", limitBytes: 1 },
  "headers-too-large": { kind: "headers-too-large" },
  "no-targets": { kind: "no-targets" },
  "target-unreachable": { kind: "target-unreachable" },
  "target-timeout": { kind: "target-timeout" },
  "integration-timeout": { kind: "integration-timeout" },
  "invalid-function-response": { kind: "invalid-function-response" },
  "function-error": { kind: "function-error", errorType: "Error", errorMessage: "no" },
} as const satisfies { [K in Refusal["kind"]]: Extract<Refusal, { kind: K }> };

describe.each(Object.entries(dialects))("%s", (_name, dialect) => {
  test.each(Object.values(one))("has an answer and a public source for $kind", (refusal) => {
    const { value, source } = dialect.say(refusal);
    expect(value.statusText).not.toBe("");
    expect(source).toMatch(/^https:\/\//);
    const successOfTheFrontItself = dialect === lambdaJson && refusal.kind === "function-error";
    expect(value.status >= 400).toBe(!successOfTheFrontItself);
  });
});
