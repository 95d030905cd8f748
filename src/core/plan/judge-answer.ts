import { bodyKeptMax } from "#core/observations/exchange.ts";
import type { BodyExpectation, TargetRequest } from "#core/targets/target.ts";
import { firstBytes } from "./first-bytes.ts";
import type { PlannedTarget } from "./load-plan.ts";

/** How an engine's answer is read: each has its own form of one, and none is copied for this. */
export interface AnswerReader<Answer> {
  readonly status: (answer: Answer) => number;
  /** Null where it was not kept. */
  readonly body: (answer: Answer) => string | null;
  /** By its name in lower case; several of one name joined with a comma. Undefined: it is not there. */
  readonly header: (answer: Answer, name: string) => string | undefined;
  /** How a pattern is searched for in a time that has a bound, whatever the text. Asked once for each pattern. */
  readonly search: (pattern: string) => (text: string) => boolean;
}

/** `status`: another than was expected. The others are codes of the catalogue of causes. */
export type AnswerProblem = "status" | "function-error" | "unexpected-body";

/**
 * What is wrong with a whole answer of a load; null when it is as expected. A function's error counts first, whatever the
 * status. Runs for every request: headers are looked for only where one is expected.
 */
export const createJudge =
  <Answer>({ status, body, header, search }: AnswerReader<Answer>) =>
  (answer: Answer, { expect }: TargetRequest, { functionErrors }: PlannedTarget): AnswerProblem | null => {
    if (functionErrors && header(answer, "x-amz-function-error") !== undefined) return "function-error";
    if (!expect.statuses.includes(status(answer))) return "status";
    for (const name in expect.headers) {
      if (header(answer, name)?.includes(expect.headers[name] ?? "") !== true) return "unexpected-body";
    }
    return expect.body === null || isAsExpected(body(answer), expect.body, search) ? null : "unexpected-body";
  };

const searches = new Map<string, (text: string) => boolean>();

function isAsExpected(
  body: string | null,
  expected: BodyExpectation,
  search: AnswerReader<unknown>["search"],
): boolean {
  if (body === null) return false;
  switch (expected.kind) {
    case "contains":
      return body.includes(expected.text);
    case "equals":
      return body === expected.text;
    case "matches": {
      const isIn = searches.get(expected.pattern) ?? search(expected.pattern);
      searches.set(expected.pattern, isIn);
      return isIn(firstBytes(body, bodyKeptMax));
    }
  }
}
