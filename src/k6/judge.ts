import type { RefinedResponse, ResponseType } from "k6/http";
import { createJudge } from "#core/plan/judge-answer.ts";

type Answer = RefinedResponse<ResponseType | undefined>;

/**
 * What comes of an answer. That a status was not expected is the one thing that k6's own rows tell, so that `status` needs no row.
 */
export const judge = createJudge<Answer>({
  status: ({ status }) => status,
  body: ({ body }) => (typeof body === "string" ? body : null),
  header: ({ headers }, name) => headers[asGoWrites(name)],
  // Go's RE2, for plain patterns: the plan has no others.
  search: (pattern) => {
    const compiled = new RegExp(pattern);
    return (text) => compiled.test(text);
  },
});

const written = new Map<string, string>();

/** `x-request-id` → `X-Request-Id`. @see https://pkg.go.dev/net/http#CanonicalHeaderKey */
function asGoWrites(name: string): string {
  const known = written.get(name) ?? name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  written.set(name, known);
  return known;
}
