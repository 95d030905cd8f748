import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { frontOf } from "./recognise/front.ts";
import { complaints, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";

export const integrationTimeout: Cause = {
  code: "integration-timeout",
  layer: "service",
  title: "API Gateway gave up waiting for the integration",
  explanation:
    "API Gateway waits for its integration for 29 s at most unless the quota was raised, and then answers 504 `Endpoint request timed out`. The function goes on running and may finish; only the caller does not learn of it.",
  remedy: () =>
    "Make the integration faster, or answer early and deliver later (asynchronous invocation, a queue). For a private API the limit of 29 s can be raised, at the cost of throttle quota; the method's own timeout may also be set lower than it. If it happens at once for everything, look at what the function waits for.",
  source:
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise(exchanges, target) {
    if (frontOf(target) !== "api-gateway") return null;
    const late = complaints(exchanges, target).filter(({ answer }) => answer.status === 504);
    const said = late.some((reply) => /Endpoint request timed out/i.test(reply.said.message));
    return sighting(
      said ? "certain" : "likely",
      late.map((reply) => {
        const { waitMs } = reply.exchange.phases;
        return `${wasAnswered(reply, target)}${waitMs === null ? "" : ` It came after ${showMs(waitMs)}.`}`;
      }),
    );
  },
};
