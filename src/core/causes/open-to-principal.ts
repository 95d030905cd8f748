import type { Cause } from "./cause.ts";
import { replies, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { shouldBeRefused } from "./recognise/turned-away.ts";
import { byKind } from "./words/by-kind.ts";

export const openToPrincipal: Cause = {
  code: "open-to-principal",
  layer: "policy",
  title: "A principal is let in that should be refused",
  explanation:
    "The request was rightly signed by somebody who, by the config (`access`, or `expect: { denied: … }`), should be refused, and it was let through. Some policy allows more than was meant: a wildcard principal or resource, a condition that is always true (a negated operator on a key that is missing, an `…IfExists`), or an allow in another layer where one layer's allow suffices.",
  remedy: (target) =>
    byKind(target, {
      lattice:
        "Look through the auth policies of service and service network for a Principal of * and for a Resource wider than meant; both must allow, and the caller's own policy too, so that narrowing any one of them closes the door. Changes can take some minutes.",
      "lambda-endpoint":
        "Narrow the Principal and the Resource of the endpoint policy; within the account either the caller's own policy or the function's resource policy suffices, so look at both. Changes can take some minutes.",
      "api-gateway":
        "Within the account either the caller's own policy or the API's resource policy suffices: deny in the resource policy whom it should keep out, and redeploy the stage.",
      other: "Look for what lets this principal in, or correct what the config expects of it.",
    }),
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  trust: "doc",
  refines: ["unexpected-body", "unexpected-status"],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      replies(exchanges).flatMap((reply) => {
        const { sent } = reply.exchange;
        if (sent.signing !== "correct" || reply.answer.status >= 400) return [];
        const expected = [...target.requests, ...target.alsoAllowed].filter(
          ({ method, path }) => method === sent.method && path === sent.path,
        );
        const [first] = expected.map(({ expect }) => expect.denied);
        // Where the same is asked by several names, one of them may be meant to pass.
        if (first === undefined || expected.some(({ expect }) => expect.denied === undefined)) return [];
        return [`${wasAnswered(reply, target)} ${shouldBeRefused(first)}`];
      }),
    ),
};
