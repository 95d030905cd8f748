import { searchFor } from "#core/patterns/index.ts";
import { createJudge } from "#core/plan/judge-answer.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { TargetRequest } from "#core/targets/target.ts";
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

const problemOf = createJudge<Answer>({
  status: ({ status }) => status,
  body: ({ body }) => body,
  header({ headers }, name) {
    const values = headers.flatMap(([own, value]) => (own === name ? [value] : []));
    return values.length === 0 ? undefined : values.join(", ");
  },
  search: searchFor,
});

/** What is wrong with an answer; null when it is as expected. */
export function judgeAnswer(answer: Answer, request: TargetRequest, target: PlannedTarget): FailureCode | null {
  const problem = problemOf(answer, request, target);
  return problem === "status" ? codeOfStatus(answer.status, target.kind) : problem;
}
