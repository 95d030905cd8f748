import type { Exchange } from "#core/observations/exchange.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { sighting } from "./recognise/sighting.ts";
import { request } from "./words/place.ts";

/** Time outside every phase that is worth a word: neither signing nor the event loop of an idle process takes so long. */
const unaccountedMs = 1000;

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
  refines: [],
  recognise: (exchanges) =>
    sighting(
      "possible",
      exchanges.flatMap((exchange) => {
        const lostMs = outsidePhases(exchange);
        const { totalMs } = exchange.phases;
        if (lostMs < unaccountedMs || lostMs < totalMs / 2) return [];
        return [
          `Of ${showMs(totalMs)} for ${request(exchange)}, ${showMs(lostMs)} passed in no phase of the exchange.`,
        ];
      }),
    ),
};

/** Only of answered exchanges: the phase in which one failed has no time of its own. */
function outsidePhases({ outcome, phases }: Exchange): number {
  if (outcome.kind !== "answered") return 0;
  const { dnsMs, connectMs, tlsMs, sendMs, waitMs, receiveMs, totalMs } = phases;
  const known = [dnsMs, connectMs, tlsMs, sendMs, waitMs, receiveMs].reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return totalMs - known;
}
