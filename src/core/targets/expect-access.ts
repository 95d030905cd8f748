import type { ExpectedAccess } from "./access.ts";
import type { Expectation } from "./target.ts";

/** What shows that a request was let through, where nothing else is known of its answer. */
const usual: readonly number[] = [200, 201, 202, 204];
/** By which a front says no: to whoever did not sign, and to whoever may not. */
const refusals: readonly number[] = [401, 403];

/** Whether an answer with this status may be somebody's refusal. 400: some services answer an incomplete signature so. */
export const mayRefuse = (status: number): boolean => status === 400 || refusals.includes(status);

/** What is expected of a request's answer, made over for somebody of whom the config expects something else. */
export function expectAccess(expectation: Expectation, expected: ExpectedAccess): Expectation {
  if (expected.kind === "observed") return expectation;
  const { denied: _, statuses, ...rest } = expectation;
  if (expected.kind === "denied") return { statuses: refusals, body: null, headers: {}, denied: expected.by };
  const others = statuses.filter((status) => !refusals.includes(status));
  return { ...rest, statuses: others.length === 0 ? usual : others };
}
