import { header } from "#core/observations/exchange.ts";
import type { Cause } from "./cause.ts";
import { complaints, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";

export const functionTimeout: Cause = {
  code: "function-timeout",
  layer: "service",
  title: "The function ran into its own timeout",
  explanation:
    "Lambda ended the function because it ran longer than its configured timeout, and says so in a 200 with X-Amz-Function-Error. It is neither the endpoint's nor the client's timeout. Functions in a VPC without a route to what they call hang exactly so.",
  remedy: () =>
    "Look in the function's log for what it was waiting for: a function attached to a VPC reaches nothing outside it without an endpoint or a NAT gateway, and then hangs until its timeout. If the work really takes that long, raise the function's timeout (900 s at most), and keep the timeouts of client and front above it.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
  trust: "code",
  refines: ["function-error", "unexpected-body", "unexpected-status"],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      complaints(exchanges, target)
        .filter(
          ({ answer, said }) =>
            header(answer, "x-amz-function-error") !== null &&
            (said.errorType === "Sandbox.Timedout" || /Task timed out after/.test(said.message)),
        )
        .map((reply) => wasAnswered(reply, target)),
    ),
};
