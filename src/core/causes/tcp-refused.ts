import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tcpRefused: Cause = {
  code: "tcp-refused",
  layer: "tcp",
  title: "The port refuses connections",
  explanation:
    "The address was reached and answered at once that nothing listens on the port. So it is not a security group: those drop silently and show as a timeout. Firewalls that reject, and sandboxes, look the same.",
  remedy: (target) =>
    `${byKind(target, {
      "lambda-endpoint": "Use port 443: interface endpoints listen on nothing else.",
      "api-gateway": "Use port 443: interface endpoints listen on nothing else.",
      lattice: `Check that a listener of the service has port ${target.origin.port} (HTTPS is usually 443, HTTP 80).`,
      alb: `Check that the load balancer has a listener on port ${target.origin.port}.`,
      other: `Check that the server runs and listens on port ${target.origin.port} of this address, not only on another one.`,
    })} If the port is right, look for a firewall on the way that rejects instead of dropping.`,
  source: "https://www.rfc-editor.org/rfc/rfc9293#section-3.5.2",
  trust: "ran",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      failedWith(exchanges, "refused").map(({ exchange }) => `${place(exchange, target)} refused the connection.`),
    ),
};
