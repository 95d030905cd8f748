import type { Cause } from "./cause.ts";
import { byKind } from "./words/by-kind.ts";

export const timeoutNotAsDeclared: Cause = {
  code: "timeout-not-as-declared",
  layer: "service",
  title: "The path waits for its answer longer or shorter than it is said to",
  explanation:
    "The reference function was asked to answer just before and just after the moment at which the path is said to give up, by the config's `timeouts` or by what is published for its kind. Either the early answer was cut off, so that something gives up sooner, or the late one came through, so that nothing gives up where it should.",
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
  refines: [],
  // Only who knows what was asked for can tell: `timeouts-cut-as-declared`.
  recognise: () => null,
};
