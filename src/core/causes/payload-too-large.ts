import { header } from "#core/observations/exchange.ts";
import { showBytes } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { endedIn, failedWith } from "./recognise/failed.ts";
import { complaints, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place, request } from "./words/place.ts";

export const payloadTooLarge: Cause = {
  code: "payload-too-large",
  layer: "service",
  title: "A body is larger than the path carries",
  explanation:
    "Each way in has its own limit, and the function's holds behind all of them: 6 MiB to Lambda and through Lattice, 1 MiB through an Application Load Balancer to a function, 10 MiB through API Gateway. Limits on responses show as a function error (Function.ResponseSizeTooLarge) or a 502. Base64 adds a third.",
  remedy: (target) =>
    `${byKind(target, {
      "lambda-endpoint":
        "Keep request and response under 6 MiB each (1 MiB for asynchronous invocations), or stream the response.",
      lattice: "Keep request body and response JSON under 6 MiB each.",
      alb: "Keep the request body and the response JSON under 1 MiB each where the target is a function.",
      "api-gateway":
        "Keep bodies under 10 MiB, and under 6 MiB where a function is behind it, the event around them included.",
      other: "Keep the body under the limit that the answer names, or raise that limit in the server.",
    })} Send larger things through S3 and pass a reference.`,
  source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  trust: "doc",
  refines: ["function-error", "response-truncated", "unexpected-body", "unexpected-status"],
  recognise(exchanges, target) {
    const limit = target.kind.limits.requestBody?.value ?? Number.POSITIVE_INFINITY;
    const refused = complaints(exchanges, target).filter(
      ({ answer, said }) =>
        answer.status === 413 ||
        (answer.status >= 400 && tooLargeText.test(said.message)) ||
        (header(answer, "x-amz-function-error") !== null && said.errorType === "Function.ResponseSizeTooLarge"),
    );
    const cutOff = endedIn(exchanges, "send").filter(({ exchange }) => exchange.sent.bodyBytes > limit);
    return (
      sighting("certain", [
        ...refused.map(
          (reply) => `${wasAnswered(reply, target)} Its body had ${showBytes(reply.exchange.sent.bodyBytes)}.`,
        ),
        ...failedWith(exchanges, "answer-too-large")
          .filter(({ failure }) => failure.part === "body")
          .map(
            ({ exchange, failure }) =>
              `The answer to ${request(exchange)} from ${place(exchange, target)} is larger than the ${showBytes(failure.limitBytes)} that pathproof reads.`,
          ),
      ]) ??
      sighting(
        "likely",
        cutOff.map(
          ({ exchange }) =>
            `${place(exchange, target)} ended the connection while a body of ${showBytes(exchange.sent.bodyBytes)} was sent; its limit is ${showBytes(limit)}.`,
        ),
      )
    );
  },
};

const tooLargeText = /Request must be smaller than \d+ bytes|HTTP content length exceeded \d+ bytes/i;
