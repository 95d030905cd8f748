import { searchFor } from "#core/patterns/index.ts";
import { createJudge, type JudgedAnswer } from "#core/plan/judge-answer.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { codeOfStatus, type FailureCode } from "../failure-codes.ts";
import type { PreparedRequest } from "./prepare.ts";

/** A whole answer. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty unless it was kept. */
  readonly body: string;
  readonly keptAlive: boolean;
}

const judge = createJudge<Answer>({
  status: ({ status }) => status,
  body: ({ body }) => body,
  header({ headers }, name) {
    const values = headers.flatMap(([own, value]) => (own === name ? [value] : []));
    return values.length === 0 ? undefined : values.join(", ");
  },
  search: searchFor,
});

/** What came of a request that was answered. */
export interface Judged {
  /** Null when the answer is as expected. */
  readonly failure: FailureCode | null;
  readonly refusedBy: JudgedAnswer["refusedBy"];
}

export function judgeAnswer(
  answer: Answer,
  { asked, signed }: Pick<PreparedRequest, "asked" | "signed">,
  target: PlannedTarget,
): Judged {
  const { problem, refusedBy } = judge(answer, asked, target, signed);
  return { failure: problem === "status" ? codeOfStatus(answer.status, target.kind) : problem, refusedBy };
}
