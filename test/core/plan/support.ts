import { askFor } from "#core/checks/ask/step.ts";
import type { Check } from "#core/checks/check.ts";
import { pass } from "#core/verdicts/verdict.ts";

/** A check that asks one thing and passes, to be varied. */
export const makeCheck = (id: string, over: Partial<Check> = {}): Check => ({
  id,
  group: "answer",
  title: `${id} holds`,
  why: "For a test.",
  needs: [],
  alone: false,
  notFor: () => null,
  script: () => [askFor(id)],
  judge: (exchanges) => pass(`${exchanges.length} seen`),
  ...over,
});
