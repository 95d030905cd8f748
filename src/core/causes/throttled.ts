import { header } from "#core/observations/exchange.ts";
import type { Cause } from "./cause.ts";
import { ownAnswers } from "./recognise/own-answer.ts";
import { complaints, type Reply, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const throttled: Cause = {
  code: "throttled",
  layer: "service",
  title: "Requests come faster than they are admitted",
  explanation:
    "A limit on rate or concurrency was reached: the function's reserved concurrency, the account's, the caller's rate, or the API's. It passes when fewer requests come. Lambda names the limit in `Reason`.",
  remedy: (target) =>
    byKind(target, {
      "lambda-endpoint":
        "Raise the limit that Reason names: ReservedFunctionConcurrentInvocationLimitExceeded is the function's reserved concurrency, ConcurrentInvocationLimitExceeded the account's (1000 per Region by default), CallerRateLimitExceeded the rate of calls. Back off and honour Retry-After in clients.",
      "api-gateway":
        "Raise the throttling of the stage, method or usage plan; the account's default is 10,000 requests per second with bursts of 5,000. Back off in clients.",
      lattice:
        "Look at the function's concurrency first. Lattice admits 10,000 requests per second, service and zone; more is to be asked for. Back off in clients.",
      other: "Send fewer requests at a time, honour Retry-After, and raise the limit where the server sets it.",
    }),
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
  trust: "code",
  refines: ["unexpected-status"],
  recognise(exchanges, target) {
    const refused = complaints(exchanges, target).filter(
      ({ answer, said }) =>
        answer.status === 429 || (answer.status >= 400 && said.errorType === "TooManyRequestsException"),
    );
    return (
      sighting(
        "certain",
        refused.map((reply) => `${wasAnswered(reply, target)}${details(reply)}`),
      ) ??
      // The load balancer has one 502 for a throttled function and for much else.
      sighting(
        "possible",
        ownAnswers(exchanges, target, "alb", 502).map((reply) => wasAnswered(reply, target)),
      )
    );
  },
};

function details({ answer, said }: Reply): string {
  const after = header(answer, "retry-after");
  const reason = said.reason === null ? "" : ` The reason given is ${said.reason}.`;
  return after === null ? reason : `${reason} It asks to wait ${after} (Retry-After).`;
}
