import type { RefinedResponse, ResponseType } from "k6/http";
import { createJudge } from "#core/plan/judge-answer.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { TargetRequest } from "#core/targets/target.ts";

type Answer = RefinedResponse<ResponseType | undefined>;

const problemOf = createJudge<Answer>({
  status: ({ status }) => status,
  body: ({ body }) => (typeof body === "string" ? body : null),
  header: ({ headers }, name) => headers[asGoWrites(name)],
  // Go's RE2, for plain patterns: the plan has no others.
  search: (pattern) => {
    const compiled = new RegExp(pattern);
    return (text) => compiled.test(text);
  },
});

/**
 * What is wrong with an answer that k6 takes for a success: a code of the catalogue of causes, or null. Statuses are not
 * judged, since k6's own rows tell them.
 */
export function judge(answer: Answer, request: TargetRequest, target: PlannedTarget): string | null {
  const problem = problemOf(answer, request, target);
  return problem === "status" ? null : problem;
}

const written = new Map<string, string>();

/** `x-request-id` → `X-Request-Id`. @see https://pkg.go.dev/net/http#CanonicalHeaderKey */
function asGoWrites(name: string): string {
  const known = written.get(name) ?? name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  written.set(name, known);
  return known;
}
