import type { Fact } from "#core/facts.ts";
import type { Dialect, Refusal, Said } from "./dialect.ts";
import { lambdaJson } from "./lambda-json.ts";
import { said, seen, statusText } from "./said.ts";
import { signatureComplaint } from "./signature-text.ts";
import { sources } from "./sources.ts";

const text = (status: number): Fact<Said> =>
  said(status, [["content-type", "text/plain"]], `${statusText(status)}\n`, seen("recalled", sources.http));

const statuses: Partial<Record<Refusal["kind"], number>> = {
  "not-identified": 404,
  "unknown-route": 404,
  "function-not-found": 404,
  "no-route": 404,
  throttled: 429,
  "quota-exceeded": 429,
  "payload-too-large": 413,
  "headers-too-large": 431,
  "no-targets": 503,
  "target-unreachable": 502,
  "target-timeout": 504,
  "integration-timeout": 504,
  "invalid-function-response": 502,
  "function-error": 500,
};

/**
 * Any HTTP server, of which nothing is known: status codes in the sense of RFC 9110. One that verifies SigV4 is taken to
 * speak as AWS's JSON services do.
 */
export const plain: Dialect = {
  say(refusal) {
    if (refusal.kind === "denied" || signatureComplaint(refusal) !== null) return borrowed(refusal);
    if (refusal.kind === "fixed") return text(refusal.status);
    return text(statuses[refusal.kind] ?? 500);
  },
};

const borrowed = (refusal: Refusal): Fact<Said> => ({ ...lambdaJson.say(refusal), trust: "recalled" });
