import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tlsVersionRefused: Cause = {
  code: "tls-version-refused",
  layer: "tls",
  title: "Client and server have no TLS version in common",
  explanation:
    "One side refused the TLS versions that the other offers. Private APIs of API Gateway speak TLS 1.2 only, so a client that insists on 1.3 fails there; a client restricted to 1.0 or 1.1 fails everywhere at AWS.",
  remedy: (target) =>
    byKind(target, {
      "api-gateway": "Let the client offer TLS 1.2: private APIs speak nothing else.",
      alb: "Choose a security policy for the HTTPS listener that allows TLS 1.2 and 1.3, and let the client offer one of them.",
      other:
        "Let client and server both offer TLS 1.2 or 1.3; look for a proxy on the way that speaks only older versions.",
    }),
  source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html",
  trust: "doc",
  refines: ["tls-handshake-reset"],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      failedWith(exchanges, "tls-alert")
        .filter(({ failure }) => versionAlert.test(failure.alert))
        .map(
          ({ exchange, failure }) => `The TLS handshake with ${place(exchange, target)} ended with ${failure.alert}.`,
        ),
    ),
};

const versionAlert = /protocol[_ ]version|unsupported[_ ]protocol|inappropriate[_ ]fallback/i;
