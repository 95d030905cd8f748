import type { Target } from "#core/targets/target.ts";
import { type Ms, ms, showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { complaints, type Reply, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const timeoutNotAsDeclared: Cause = {
  code: "timeout-not-as-declared",
  layer: "service",
  title: "The path waits for its answer longer or shorter than it is said to",
  explanation:
    "The function was ended by Lambda, whose words tell after how long, and the config's `timeouts` say otherwise. Or the reference function was asked to answer just before and just after the moment at which the path is said to give up, by the config's `timeouts` or by what is published for its kind. Either the early answer was cut off, so that something gives up sooner, or the late one came through, so that nothing gives up where it should.",
  remedy: (target) =>
    byKind(target, {
      "api-gateway":
        "Look at the integration's timeout (TimeoutInMillis, 29 s at most unless the quota was raised) and at the function's own, deploy the stage again, and say in the config's `timeouts` what holds.",
      alb: "Look at the load balancer's idle_timeout.timeout_seconds and at the function's own timeout, and say in the config's `timeouts` what holds.",
      lattice:
        "Look at the function's own timeout and at the service's idle timeout, which Lattice applies towards its targets too, and say in the config's `timeouts` what holds.",
      "lambda-endpoint":
        "Look at the function's own timeout, of the version or alias that is invoked, and say in the config's `timeouts` what holds.",
      other: "Look at the timeouts of every part between caller and function, and say in `timeouts` what holds.",
    }),
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
  trust: "ran",
  refines: ["function-timeout"],
  // Where nobody says a time, only who knows what was asked for can tell: `timeouts-cut-as-declared`.
  recognise(exchanges, target) {
    const { functionMs } = target.timeouts;
    if (functionMs === null) return null;
    const others = complaints(exchanges, target).filter((reply) => differs(endedAfter(reply), functionMs));
    return sighting(
      "certain",
      others.map((reply) => describe(reply, functionMs, target)),
    );
  },
};

/** As Lambda says it of a function that it ended: `Task timed out after 3.00 seconds`. */
function endedAfter({ said: { message } }: Reply): Ms | null {
  const [, seconds] = /Task timed out after (\d{1,6}(?:\.\d{1,3})?) seconds/.exec(message) ?? [];
  return seconds === undefined ? null : ms(Number(seconds) * 1000);
}

/** It says hundredths of a second. */
const saidToMs = 10;

const differs = (said: Ms | null, declared: Ms): boolean => said !== null && Math.abs(said - declared) > saidToMs;

const describe = (reply: Reply, functionMs: Ms, target: Target): string =>
  `${wasAnswered(reply, target)} The config's \`timeouts\` give the function ${showMs(functionMs)}.`;
