import type { Cause } from "./cause.ts";
import { frontOf } from "./recognise/front.ts";
import { ownAnswers } from "./recognise/own-answer.ts";
import { complaints, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const noTargets: Cause = {
  code: "no-targets",
  layer: "service",
  title: "No target is registered behind the front",
  explanation:
    "The front was reached and has nothing to pass the request to: the target group of the matching rule is empty, or its targets are in zones that are not in use. That all targets are unhealthy is something else: load balancers and Lattice then send to all of them.",
  remedy: (target) =>
    byKind(target, {
      alb: "Register targets with the target group of the rule that matches (often the listener's default rule), and enable the Availability Zones they are in: targets in other zones are `unused`.",
      lattice:
        "Register targets with the target group that the rule forwards to. Some Lattice answers are documented poorly: the access log's failureReason and targetGroupArn say more.",
      other: "Check that the servers behind the gateway run and are registered with it.",
    }),
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise(exchanges, target) {
    const describe = (found: ReturnType<typeof ownAnswers>) => found.map((reply) => wasAnswered(reply, target));
    // Lattice's list of status codes has no 503; for others a 503 is as often overload.
    const lattice = ownAnswers(exchanges, target, "lattice", 503);
    const other = complaints(exchanges, target).filter(
      ({ answer }) => answer.status === 503 && (frontOf(target) === null || frontOf(target) === "api-gateway"),
    );
    return (
      sighting("certain", describe(ownAnswers(exchanges, target, "alb", 503))) ??
      sighting("likely", describe(lattice)) ??
      sighting("possible", describe(other))
    );
  },
};
