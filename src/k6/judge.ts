import type { RefinedResponse, ResponseType } from "k6/http";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { BodyExpectation, TargetRequest } from "#core/targets/target.ts";

type Answer = RefinedResponse<ResponseType | undefined>;

/**
 * What is wrong with an answer that k6 takes for a success: a code of the catalogue of causes, or null. Statuses are not
 * looked at, since k6's own rows tell them.
 */
export function judge(answer: Answer, request: TargetRequest, { functionErrors }: PlannedTarget): string | null {
  // Names as Go writes them.
  if (functionErrors && answer.headers["X-Amz-Function-Error"] !== undefined) return "function-error";
  const { expect } = request;
  if (!expect.statuses.includes(answer.status)) return null;
  const asExpected = hasHeaders(answer, expect.headers) && (expect.body === null || hasBody(answer.body, expect.body));
  return asExpected ? null : "unexpected-body";
}

function hasHeaders(answer: Answer, expected: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(expected);
  if (names.length === 0) return true;
  const sent = new Map(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return names.every((name) => sent.get(name)?.includes(expected[name] ?? "") === true);
}

const patterns = new Map<string, RegExp>();

function hasBody(body: Answer["body"], expected: BodyExpectation): boolean {
  if (typeof body !== "string") return false;
  switch (expected.kind) {
    case "contains":
      return body.includes(expected.text);
    case "equals":
      return body === expected.text;
    case "matches": {
      const pattern = patterns.get(expected.pattern) ?? new RegExp(expected.pattern);
      patterns.set(expected.pattern, pattern);
      return pattern.test(body);
    }
  }
}
