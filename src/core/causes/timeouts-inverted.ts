import type { Target } from "#core/targets/target.ts";
import { type Inversion, inversionsIn } from "#core/targets/timeout-ladder.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { sayRung } from "./words/timeout-part.ts";

export const timeoutsInverted: Cause = {
  code: "timeouts-inverted",
  layer: "service",
  title: "Somebody on the path gives up before what he waits for",
  explanation:
    "Of two timeouts one behind the other the outer one must be the longer: else the outer part gives up while the inner one goes on working for nobody. The caller sees a timeout and cannot know whether its order was carried out, a retry runs the work twice at the same time, and what the inner part would have said of the error is lost. It shows only when something is slow, which is when it does most harm.",
  remedy: (target) =>
    byKind(target, {
      "api-gateway":
        "Let each part wait longer than what stands behind it: the function's timeout below the integration's (29 s, unless the quota was raised), the integration's below the client's, each by some seconds. Work that takes longer is started asynchronously and asked for later.",
      alb: "Let each part wait longer than what stands behind it: the function's timeout below the load balancer's idle_timeout.timeout_seconds (60 s unless changed), that below the client's, each by some seconds.",
      "lambda-endpoint":
        "Let the client's read timeout be longer than the function's timeout: SDKs give up after their own defaults and, worse, invoke again. A call that is silent for more than 350 s needs TCP keep-alive besides.",
      other:
        "Let each part wait longer than what stands behind it, by some seconds: client, proxy, front, function. Lower the inner timeout where nobody needs so long an answer, or raise the outer one.",
    }),
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
  trust: "doc",
  refines: [],
  // Nothing on the wire shows it: it is for who has asked nothing, and wants the config judged.
  recognise: (exchanges, target) =>
    exchanges.length > 0
      ? null
      : sighting(
          inversionsIn(target).every(isKnown) ? "certain" : "likely",
          inversionsIn(target).map((one) => sayInversion(one, target)),
        ),
};

/** Whether every number in it may be trusted. */
const isKnown = ({ outer, inner }: Inversion): boolean =>
  [outer, inner].every(({ published }) => published?.trust !== "recalled");

function sayInversion({ outer, inner, innerMs }: Inversion, target: Target): string {
  const bounded = innerMs < inner.waitsMs ? `, and hears after ${showMs(innerMs)} at the latest` : "";
  const text = `${sayRung(outer, target)}, and ${sayRung(inner, target)}${bounded}.`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
