import { header } from "#core/observations/exchange.ts";
import type { Cause } from "./cause.ts";
import { ownAnswers } from "./recognise/own-answer.ts";
import { complaints, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { place, request } from "./words/place.ts";
import { quote } from "./words/quote.ts";

export const functionError: Cause = {
  code: "function-error",
  layer: "service",
  title: "The function was invoked and failed",
  explanation:
    "Lambda answers 200 also when the function threw or its process ended: only the header X-Amz-Function-Error tells. Whoever counts status codes counts these as successes. The path itself is proven by them. Load balancers and API Gateway turn the same into a 502.",
  remedy: () =>
    "Look into the function's log in CloudWatch under the request id; the answer's errorType and errorMessage say what was thrown. Runtime.ExitError means that the process ended, often out of memory. Nothing is wrong with the path: count X-Amz-Function-Error as a failure in clients.",
  source: "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
  trust: "doc",
  refines: ["unexpected-body", "unexpected-status"],
  recognise(exchanges, target) {
    const failed = complaints(exchanges, target).filter(
      ({ answer }) => header(answer, "x-amz-function-error") !== null,
    );
    // Behind these fronts a failed function is one of several reasons for the same 502.
    const hidden = [
      ...ownAnswers(exchanges, target, "alb", 502),
      ...ownAnswers(exchanges, target, "api-gateway", 502),
      ...ownAnswers(exchanges, target, "lattice", 502),
    ];
    return (
      sighting(
        "certain",
        failed.map(({ exchange, answer, said }) => {
          const thrown = `${said.errorType ?? "no errorType"}: ${quote(said.message)}`;
          return `${request(exchange)} at ${place(exchange, target)} was answered ${answer.status} with X-Amz-Function-Error ${header(answer, "x-amz-function-error")}, ${thrown}.`;
        }),
      ) ??
      sighting(
        "possible",
        hidden.map((reply) => wasAnswered(reply, target)),
      )
    );
  },
};
