import type { Cause } from "./cause.ts";
import { ownAnswers } from "./recognise/own-answer.ts";
import { wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const invalidFunctionResponse: Cause = {
  code: "invalid-function-response",
  layer: "service",
  title: "The function's response is not in the form the front expects",
  explanation:
    "The front invoked the function and could not make an HTTP answer of what it returned: statusCode is missing or no number, the body is no string, headers are in the wrong one of the two forms. A function that threw, was throttled or timed out gives the same 502 behind a load balancer and API Gateway.",
  remedy: (target) =>
    byKind(target, {
      alb: "Return { statusCode, statusDescription, headers, body, isBase64Encoded }, and multiValueHeaders instead of headers where the target group has lambda.multi_value_headers.enabled; keep it under 1 MiB. The access log's error_reason tells LambdaInvalidResponse from LambdaUnhandled, LambdaThrottling and the others. If targets are servers, keep their keep-alive timeout above the load balancer's idle timeout.",
      "api-gateway":
        "Return { statusCode, headers, body, isBase64Encoded } with a number as statusCode and a string as body; an object as body is the usual mistake. Then look in the function's log whether it threw.",
      lattice:
        "Return { isBase64Encoded, statusCode, statusDescription, headers, body } with a number as statusCode and a string as body, under 6 MiB. Then look in the function's log whether it threw, and whether the target group's event structure (V1 or V2) is the one it reads.",
      other:
        "Check the server behind the gateway: what it answered was not understood. Then look in its log whether it failed.",
    }),
  source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise(exchanges, target) {
    const describe = (found: ReturnType<typeof ownAnswers>) => found.map((reply) => wasAnswered(reply, target));
    const lattice = ownAnswers(exchanges, target, "lattice", 502);
    const usual = [
      ...ownAnswers(exchanges, target, "api-gateway", 502),
      ...ownAnswers(exchanges, target, "alb", 502),
      // What stands behind Lattice may be no function at all; behind an echo target it is one.
      ...(target.echo === null ? [] : lattice),
    ];
    const also = [...lattice, ...ownAnswers(exchanges, target, "api-gateway", 500)];
    return sighting("likely", describe(usual)) ?? sighting("possible", describe(also));
  },
};
