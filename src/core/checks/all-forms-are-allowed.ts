import { pass } from "#core/verdicts/verdict.ts";
import { askFor, toSend, usualSigning } from "./ask/step.ts";
import type { Check } from "./check.ts";
import { failBy, failWith } from "./judge/fail-by.ts";
import { list, said } from "./judge/say.ts";
import { hindrances } from "./judge/through.ts";
import { withOwnPolicies } from "./judge/with-policies.ts";

export const allFormsAreAllowed: Check = {
  id: "all-forms-are-allowed",
  group: "auth",
  title: "Every form of the function's name is allowed",
  why: "Policies must list a function's unqualified ARN and its qualified one; where one is forgotten, some clients are refused and others not.",
  needs: ["signed-is-answered", "open-is-answered"],
  alone: false,
  notFor({ alsoAllowed, requests: [main] }) {
    if (alsoAllowed.length === 0) return "it is called by one name only";
    return main.expect.denied === undefined ? null : "its main request is meant to be refused";
  },
  script: (target) =>
    target.alsoAllowed.map((request) =>
      askFor(request.name, { request: toSend(request), signing: usualSigning(target) }),
    ),
  judge(exchanges, target) {
    const stopped = exchanges.flatMap((exchange) => {
      const cause = hindrances([exchange], target)[0] ?? null;
      return cause === null && exchange.outcome.kind === "answered" ? [] : [{ exchange, cause }];
    });
    const [first] = stopped;
    if (first === undefined) return pass(`allowed: ${list(exchanges.map(({ step }) => step))}`);
    const summary = list(stopped.map(({ exchange }) => `the ${exchange.step} form ${said(exchange)}`));
    return first.cause === null
      ? failBy([first.exchange], target, { summary })
      : failWith(withOwnPolicies(first.cause, first.exchange, target), { summary });
  },
};
