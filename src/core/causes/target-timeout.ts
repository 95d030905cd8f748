import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { frontOf } from "./recognise/front.ts";
import { ownAnswers } from "./recognise/own-answer.ts";
import { complaints, type Reply, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const targetTimeout: Cause = {
  code: "target-timeout",
  layer: "service",
  title: "What stands behind the front answers too late",
  explanation:
    "The front passed the request on and gave up waiting. A load balancer waits for its idle timeout (60 s unless changed), and 10 s for the connection to the target: a 504 after about 10 s is a security group or a dead target, one after the idle timeout is a slow one.",
  remedy: (target) =>
    byKind(target, {
      alb: "Make the target faster, or raise idle_timeout.timeout_seconds above its longest answer. If the 504 comes after about 10 s, the connection to the target failed: open the target's security group for the load balancer's, and check network ACLs.",
      lattice:
        "Make the target faster, or answer early and deliver later. failureReason in the access log says TargetDataTimeout for a slow target and TargetConnectionError for an unreachable one.",
      other: "Make the server behind the gateway faster, or raise the gateway's timeout for it.",
    }),
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise(exchanges, target) {
    const describe = ({ exchange, ...rest }: Reply): string => {
      const { waitMs } = exchange.phases;
      const after = waitMs === null ? "" : ` It came after ${showMs(waitMs)}.`;
      return `${wasAnswered({ exchange, ...rest }, target)}${after}`;
    };
    const plain = complaints(exchanges, target).filter(
      ({ answer }) => answer.status === 504 && frontOf(target) === null,
    );
    return sighting("likely", [
      ...ownAnswers(exchanges, target, "alb", 504).map(describe),
      ...ownAnswers(exchanges, target, "lattice", 504).map(describe),
      ...plain.map(describe),
    ]);
  },
};
