import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { endedIn } from "./recognise/failed.ts";
import { atEndOfLife, onKept } from "./recognise/kept.ts";
import { replies } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";

export const connectionLifetime: Cause = {
  code: "connection-lifetime",
  layer: "connection",
  title: "The connection had reached the age at which the front ends it",
  explanation:
    "However busy it is, a connection may live only so long: 10 minutes on VPC Lattice, and an hour on a load balancer unless set otherwise, which then announces the end with `Connection: close`. Connections opened together at the start of a run end together, which shows as bursts.",
  remedy: ({ kind }) => {
    const age = kind.timers.lifetime === null ? "that age" : showMs(kind.timers.lifetime.value);
    return `Expect it: let clients replace connections before ${age}, each at a slightly different age so that they do not all do so at once, and honour \`Connection: close\`. A request that failed by it can be sent again where that is safe.`;
  },
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html",
  trust: "doc",
  refines: ["idle-shorter-than-expected", "response-truncated", "reuse-refused", "stale-reuse-reset"],
  recognise(exchanges, target) {
    const ended = onKept(endedIn(exchanges, "send", "wait", "receive"));
    const announced = replies(exchanges).flatMap(({ exchange, answer }) =>
      exchange.connection === null || answer.keptAlive ? [] : [{ exchange, connection: exchange.connection }],
    );
    return sighting(
      "likely",
      [...ended, ...announced]
        .filter(({ connection }) => atEndOfLife(connection, target))
        .map(
          ({ exchange, connection }) =>
            `Connection ${connection.id} to ${place(exchange, target)} ended at an age of ${showMs(connection.ageMs)}, after ${connection.requestsBefore} earlier requests.`,
        ),
    );
  },
};
