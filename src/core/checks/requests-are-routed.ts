import { diagnose } from "#core/causes/diagnose.ts";
import { inconclusive, pass } from "#core/verdicts/verdict.ts";
import { askFor, toSend, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { departing } from "./judge/departing.ts";
import { failBy, failWith } from "./judge/fail-by.ts";
import { phaseMeasures } from "./judge/measures.ts";
import { list } from "./judge/say.ts";
import { withOwnPolicies } from "./judge/with-policies.ts";

export const requestsAreRouted: Check = {
  id: "requests-are-routed",
  group: "routing",
  title: "Every named request is answered as it should be",
  why: "Rules by path, method and header decide who answers; a rule in the wrong order still answers, but from the wrong place.",
  needs: ["answer-is-as-expected"],
  alone: false,
  notFor: ({ requests }) => (requests.length > 1 ? null : "it has one request only (`requests` would name more)"),
  script: (target) =>
    target.requests
      .slice(1)
      .map((request) => askFor(request.name, { request: toSend(request), signing: usualSigning(target) })),
  judge(exchanges, target) {
    if (exchanges.length === 0) return inconclusive("no request was sent");
    const astray = exchanges.flatMap((exchange) => {
      const request = target.requests.find(({ name }) => name === exchange.step);
      const found = request === undefined ? null : departing(exchange, request, target);
      return found === null ? [] : [found];
    });
    const [first] = astray;
    const measures = { ...phaseMeasures(exchanges, "serviceMs"), requests: exchanges.length };
    if (first === undefined)
      return pass(`${list(exchanges.map(({ step }) => step))} were answered as expected`, measures);
    const summary = list(astray.map(({ exchange, how }) => `${exchange.step} ${how}`));
    const [cause] = diagnose([first.exchange], first.target);
    const blame = { summary, measures, ...(first.otherwise === undefined ? {} : { otherwise: first.otherwise }) };
    return cause === undefined
      ? failBy([first.exchange], first.target, blame)
      : failWith(withOwnPolicies(cause, first.exchange, target), blame);
  },
};
