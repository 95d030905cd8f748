import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";

export const tlsNoCommonProtocol: Cause = {
  code: "tls-no-common-protocol",
  layer: "tls",
  title: "Client and server have no HTTP version in common",
  explanation:
    "In the TLS handshake the client names the HTTP versions it speaks (ALPN), and the server refused them all: a gRPC server that speaks HTTP/2 only, or one without HTTP/2 that is asked for nothing else. Servers that do not know ALPN, and the AWS fronts, go on in HTTP/1.1 instead.",
  remedy: ({ protocol }) =>
    protocol === "h2"
      ? "Leave `protocol: h2` out of the target's config, or turn HTTP/2 on in what ends TLS there."
      : "Set `protocol: h2` in the target's config, or turn HTTP/1.1 on in what ends TLS there.",
  source: "https://www.rfc-editor.org/rfc/rfc7301#section-3.2",
  trust: "doc",
  refines: ["tls-handshake-reset"],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      failedWith(exchanges, "tls-alert")
        .filter(({ failure }) => failure.alert === "no_application_protocol")
        .map(
          ({ exchange, failure }) =>
            `${place(exchange, target)} was offered ${target.protocol} and ended the TLS handshake with the alert ${failure.alert}.`,
        ),
    ),
};
