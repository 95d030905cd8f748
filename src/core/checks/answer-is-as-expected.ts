import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { departing } from "./judge/departing.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { said } from "./judge/say.ts";

export const answerIsAsExpected: Check = {
  id: "answer-is-as-expected",
  group: "answer",
  title: "The answer has the expected status, headers and body",
  why: "An answer is not yet the right one: a load balancer's default page or another service's 200 passes for success everywhere else.",
  needs: ["signed-is-answered", "open-is-answered"],
  alone: false,
  notFor: () => null,
  script: (target) => [askFor("main", { signing: usualSigning(target) })],
  judge([only], target) {
    const [main] = target.requests;
    if (only === undefined) return inconclusive("the request was not sent");
    const found = departing(only, main, target);
    const what = `${main.method} ${main.path}`;
    const measures = phaseMeasures([only], "serviceMs");
    if (found === null) return pass(`${what} ${said(only)}, as expected`, measures);
    const { how, otherwise } = found;
    return failBy([only], found.target, {
      summary: `${what} ${how}`,
      ...(otherwise === undefined ? {} : { otherwise }),
      measures,
    });
  },
};
