import { diagnose } from "#core/causes/diagnose.ts";
import { echoSwitch } from "#core/events/echo.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { noEcho } from "./ask/applies.ts";
import { asEcho, echoRequest } from "./ask/echo-request.ts";
import { askFor, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { said } from "./judge/say.ts";

export const functionErrorIsSeen: Check = {
  id: "function-error-is-seen",
  group: "payload",
  title: "An error of the function is seen behind its HTTP 200",
  why: "Lambda answers 200 when the function throws and says so in a header; whoever counts statuses only counts failures as successes.",
  needs: ["event-has-documented-form"],
  alone: false,
  notFor: (target) =>
    noEcho(target) ??
    (target.echo?.event === "direct" ? null : "only a direct invocation answers 200 when the function fails"),
  script: (target) => [
    askFor("error", {
      signing: usualSigning(target),
      request: echoRequest(target, { [echoSwitch.error]: "asked for by pathproof" }),
    }),
  ],
  judge(exchanges, target) {
    const [only] = exchanges;
    if (only === undefined) return inconclusive("the request was not sent");
    const measures = phaseMeasures([only], "serviceMs");
    const summary = `a function that was asked to throw ${said(only)}`;
    const seen = diagnose(exchanges, asEcho(target)).find(({ code }) => code === "function-error");
    if (seen !== undefined) return pass(`${summary}, and its error was seen`, measures);
    return failBy(exchanges, asEcho(target), {
      summary: `${summary}, and nothing in the answer tells that it did`,
      otherwise: "unexpected-body",
      measures,
    });
  },
};
