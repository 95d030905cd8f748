import { showBytes } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { endedIn, failedWith, onReusedSocket } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { place, request } from "./words/place.ts";

export const responseTruncated: Cause = {
  code: "response-truncated",
  layer: "connection",
  title: "The connection ended before the answer was complete",
  explanation:
    "The peer ended the connection inside the answer, or on a new connection before its first byte. What stands behind the path crashed, was replaced or ran into a limit while it answered, or an appliance between cut the connection.",
  remedy: () =>
    "Look in the log of what stands behind the path for a crash, restart or deployment at that moment, and for a limit on response size or time. If it happened to answers of one size only, look at that limit; if at one age of connections, at the front's connection lifetime. Then look at proxies and firewalls on the way.",
  source: "https://www.rfc-editor.org/rfc/rfc9112#section-8",
  trust: "ran",
  refines: [],
  recognise: (exchanges, target) =>
    sighting("certain", [
      ...failedWith(exchanges, "truncated").map(({ exchange, failure }) => {
        const of = failure.expectedBytes === null ? "an unannounced length" : showBytes(failure.expectedBytes);
        return `The answer to ${request(exchange)} from ${place(exchange, target)} ended after ${showBytes(failure.receivedBytes)} of ${of}.`;
      }),
      ...endedIn(exchanges, "receive").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} ${failure.kind === "reset" ? "reset (RST)" : "closed (FIN)"} the connection inside the answer to ${request(exchange)}.`,
      ),
      // On a connection that had served before it is a stale one instead.
      ...endedIn(exchanges, "send", "wait")
        .filter((one) => !onReusedSocket(one))
        .map(
          ({ exchange, failure }) =>
            `${place(exchange, target)} ${failure.kind === "reset" ? "reset (RST)" : "closed (FIN)"} a new connection without a byte of answer to ${request(exchange)}.`,
        ),
    ]),
};
