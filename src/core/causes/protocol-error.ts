import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { place, request } from "./words/place.ts";
import { quote } from "./words/quote.ts";

export const protocolError: Cause = {
  code: "protocol-error",
  layer: "connection",
  title: "What came back is not proper HTTP",
  explanation:
    "Bytes came back that are not HTTP, or contradict themselves: two different lengths, a broken chunk, headers with bare line ends. Tolerant clients guess, and different ones guess differently, which is how answers get mixed up. pathproof does not guess.",
  remedy: ({ origin: { port } }) =>
    `Check that the service on port ${port} speaks HTTP/1.1. If it mostly does, look at what writes the broken answer: a hand-made server, a proxy that changes bodies without their length, a handler that sets Content-Length and Transfer-Encoding both.`,
  source: "https://www.rfc-editor.org/rfc/rfc9112#section-6",
  trust: "doc",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      failedWith(exchanges, "malformed").map(
        ({ exchange, failure }) =>
          `The answer to ${request(exchange)} from ${place(exchange, target)} is not proper HTTP: ${quote(failure.detail)}.`,
      ),
    ),
};
