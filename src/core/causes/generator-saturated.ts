import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { complaints } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { request } from "./words/place.ts";

/** A delay on our own side that is worth a word: neither signing nor the event loop of an idle process takes so long. */
const lateMs = 1000;

export const generatorSaturated: Cause = {
  code: "generator-saturated",
  layer: "client",
  title: "The measuring machine itself was too slow",
  explanation:
    "Requests were sent late or answers noticed late because this process did not get to run: too many requests for its cores, too little memory, or a neighbour on the same machine. What was measured then is the generator, so such a run is at best inconclusive. A slow source of credentials shows in the same way on the first request.",
  remedy: () =>
    "Lower the rate or --concurrency, use a larger machine, or spread the load over several (`pathproof fleet`). Leave one core free, run nothing beside it, and look at the event-loop delay and late sends in the report. If only the first request is slow, look at the source of credentials: outside AWS set AWS_EC2_METADATA_DISABLED=true.",
  source: "https://grafana.com/docs/k6/latest/testing-guides/running-large-tests/",
  trust: "recalled",
  // Timeouts of a process that does not get to run say little of the other side.
  refines: ["dns-resolver-unreachable", "response-timeout", "tcp-timeout", "tls-handshake-timeout"],
  recognise: (exchanges, target) =>
    sighting(
      "likely",
      exchanges.flatMap((exchange) => pastDeadline(exchange, target)),
    ) ??
    sighting(
      "possible",
      // An answer that is as expected shows no trouble, however late it was noticed: a run's own counters judge that.
      complaints(exchanges, target).flatMap(({ exchange }) => outsidePhases(exchange)),
    ),
};

/** Every step ends at its total deadline, unless this process cannot see to it. */
function pastDeadline(exchange: Exchange, { deadlines }: Target): readonly string[] {
  const { totalMs } = exchange.phases;
  return totalMs > deadlines.totalMs + lateMs
    ? [`${request(exchange)} took ${showMs(totalMs)}, though its deadline was ${showMs(deadlines.totalMs)}.`]
    : [];
}

/** Told of answered exchanges only: the phase in which one failed has no time of its own. */
function outsidePhases(exchange: Exchange): readonly string[] {
  const { dnsMs, connectMs, tlsMs, sendMs, waitMs, receiveMs, totalMs } = exchange.phases;
  const known = [dnsMs, connectMs, tlsMs, sendMs, waitMs, receiveMs].reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const lost = totalMs - known;
  return lost > lateMs && lost > totalMs / 2
    ? [`Of ${showMs(totalMs)} for ${request(exchange)}, ${showMs(lost)} passed in no phase of the exchange.`]
    : [];
}
