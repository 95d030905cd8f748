import { errorTypeHeader } from "#core/causes/recognise/said.ts";
import { fits, refuserIn } from "#core/causes/recognise/turned-away.ts";
import type { RefusalCode } from "#core/causes/refusal-code.ts";
import { bodyKeptMax } from "#core/observations/exchange.ts";
import type { Refuser } from "#core/targets/access.ts";
import { mayRefuse } from "#core/targets/expect-access.ts";
import type { BodyExpectation, Expectation, TargetRequest } from "#core/targets/target.ts";
import { firstBytes } from "./first-bytes.ts";
import type { PlannedTarget } from "./load-plan.ts";
import { createRefusalReader, type Refusal } from "./read-refusal.ts";

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

/**
 * `status`: another than was expected. The others are codes of the catalogue of causes; `unexpected-status` where the status is
 * as expected, and it is not the refusal that it should be.
 */
export type AnswerProblem =
  | "status"
  | "unexpected-status"
  | "function-error"
  | "unexpected-body"
  | "open-to-principal"
  | "open-to-unsigned"
  | RefusalCode;

export interface JudgedAnswer {
  /** Null when it is as expected. */
  readonly problem: AnswerProblem | null;
  /** Of a refusal as expected; null: it was none. */
  readonly refusedBy: Refuser | null;
}

/** Whether the body of an answer with this status is read. */
export const readsBody = ({ body }: Expectation, status: number): boolean => body !== null || mayRefuse(status);

const asExpected: JudgedAnswer = { problem: null, refusedBy: null };
const wrong = (problem: AnswerProblem): JudgedAnswer => ({ problem, refusedBy: null });

/**
 * What comes of a whole answer of a load. A function's error counts first, whatever the status; a refusal by what refuses. Runs for
 * every request: headers are looked for only where one is expected, and refusals read only where they are not just as expected.
 */
export function createJudge<Answer>({ status, body, header, search }: AnswerReader<Answer>) {
  const readRefusal = createRefusalReader();
  const searches = new Map<string, (text: string) => boolean>();

  const searchIn = (pattern: string, text: string): boolean => {
    const isIn = searches.get(pattern) ?? search(pattern);
    searches.set(pattern, isIn);
    return isIn(text);
  };

  const refusalIn = (answer: Answer, target: PlannedTarget, signed: boolean): Refusal | null => {
    const code = status(answer);
    if (!mayRefuse(code)) return null;
    const words = { status: code, body: body(answer) ?? "", errorType: header(answer, errorTypeHeader) ?? null };
    return readRefusal(words, target, signed);
  };

  const contentOf = (answer: Answer, expect: Expectation, otherwise: JudgedAnswer): JudgedAnswer => {
    for (const name in expect.headers) {
      if (header(answer, name)?.includes(expect.headers[name] ?? "") !== true) return wrong("unexpected-body");
    }
    return expect.body === null || isAsExpected(body(answer), expect.body, searchIn)
      ? otherwise
      : wrong("unexpected-body");
  };

  /** @param signed whether the request was */
  return (answer: Answer, { expect }: TargetRequest, target: PlannedTarget, signed: boolean): JudgedAnswer => {
    if (target.functionErrors && header(answer, "x-amz-function-error") !== undefined) return wrong("function-error");
    const code = status(answer);
    const wanted = expect.statuses.includes(code);
    if (wanted && expect.denied === undefined) return contentOf(answer, expect, asExpected);
    const refusal = refusalIn(answer, target, signed);
    if (expect.denied === undefined) return wrong(refusal?.code ?? "status");
    if (code < 400) return wrong(signed ? "open-to-principal" : "open-to-unsigned");
    if (refusal !== null && !fits(expect.denied, refusal.found)) return wrong(refusal.code ?? "unexpected-status");
    if (!wanted) return wrong("status");
    if (refusal === null) return wrong("unexpected-status");
    return contentOf(answer, expect, { problem: null, refusedBy: refuserIn(refusal.found) });
  };
}

function isAsExpected(
  body: string | null,
  expected: BodyExpectation,
  searchIn: (pattern: string, text: string) => boolean,
): boolean {
  if (body === null) return false;
  switch (expected.kind) {
    case "contains":
      return body.includes(expected.text);
    case "equals":
      return body === expected.text;
    case "matches":
      return searchIn(expected.pattern, firstBytes(body, bodyKeptMax));
  }
}
