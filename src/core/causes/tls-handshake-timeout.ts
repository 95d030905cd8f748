import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { timedOutIn } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { andItsTcp } from "./words/peer-tcp.ts";
import { place } from "./words/place.ts";

export const tlsHandshakeTimeout: Cause = {
  code: "tls-handshake-timeout",
  layer: "tls",
  title: "The TLS handshake is never answered",
  explanation:
    "TCP connected, and then the TLS greeting got no answer. Either what listens there does not speak TLS and waits for something else, or an appliance took the connection and cannot pass it on, or full-size packets (the certificate is the first large thing sent) are lost on the way.",
  remedy: ({ origin: { port } }) =>
    `Check that port ${port} is the TLS port of the service. Look for a load balancer, firewall or proxy on the way that takes connections it cannot pass on. Set the client's MTU to 1500 to see whether large packets are lost: certificates are larger than one packet.`,
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html",
  trust: "recalled",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      timedOutIn(exchanges, "tls").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} took the connection and did not answer the TLS greeting within ${showMs(failure.afterMs)}${andItsTcp(failure.peerTcp)}.`,
      ),
    ),
};
