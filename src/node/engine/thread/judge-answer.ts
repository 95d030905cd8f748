import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { BodyExpectation, TargetRequest } from "#core/targets/target.ts";
import { codeOfStatus, type FailureCode } from "../failure-codes.ts";

/** A whole answer. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty unless the request expects one. */
  readonly body: string;
  readonly keptAlive: boolean;
}

/** What is wrong with an answer; null when it is as expected. A function's error counts first, whatever the status. */
export function judgeAnswer(
  { status, headers, body }: Answer,
  { expect }: TargetRequest,
  { functionErrors, kind }: PlannedTarget,
): FailureCode | null {
  if (functionErrors && headers.some(([name]) => name === "x-amz-function-error")) return "function-error";
  if (!expect.statuses.includes(status)) return codeOfStatus(status, kind);
  if (!hasHeaders(headers, expect.headers)) return "unexpected-body";
  return expect.body === null || isAsExpected(body, expect.body) ? null : "unexpected-body";
}

function hasHeaders(headers: Answer["headers"], expected: Readonly<Record<string, string>>): boolean {
  for (const name in expected) {
    const text = expected[name] ?? "";
    if (!headers.some(([own, value]) => own === name && value.includes(text))) return false;
  }
  return true;
}

const patterns = new Map<string, RegExp>();

function isAsExpected(body: string, expected: BodyExpectation): boolean {
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
