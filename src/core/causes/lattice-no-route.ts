import type { Cause } from "./cause.ts";
import { ownAnswers } from "./recognise/own-answer.ts";
import { wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";

export const latticeNoRoute: Cause = {
  code: "lattice-no-route",
  layer: "service",
  title: "Lattice has nowhere to send the request",
  explanation:
    "Lattice itself answers 404 when the service is not associated with the service network the request came through, when it does not know the host name, and where a rule or the default action is a fixed 404. Nothing then appears in the target's own log. A short 404 of the service behind it looks the same from outside.",
  remedy: ({ hostHeader }) =>
    `Check that the service is associated with the service network through which this VPC comes in, and that the association is ACTIVE. Check that ${hostHeader} is the service's generated name or its custom domain name. Then read the listener's rules in order of priority, with path (case-insensitive unless told otherwise), method and headers: the default action may be a fixed 404. The access log shows targetGroupArn "-" where no rule forwarded.`,
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html",
  trust: "doc",
  refines: ["unexpected-status"],
  recognise: (exchanges, target) =>
    sighting(
      "likely",
      ownAnswers(exchanges, target, "lattice", 404).map((reply) => wasAnswered(reply, target)),
    ),
};
