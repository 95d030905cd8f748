import type { Cause } from "./cause.ts";
import { presented, refusedCertificates } from "./recognise/certificate.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const tlsNameMismatch: Cause = {
  code: "tls-name-mismatch",
  layer: "tls",
  title: "The certificate is for another name",
  explanation:
    "The server showed a certificate that does not bear the name that was asked for. Typical are a load balancer called by its own amazonaws.com name, for which no certificate can be had; an address instead of a name; a custom domain whose certificate was never attached; and a name in Host that differs from the one in SNI.",
  remedy: (target) =>
    byKind(target, {
      alb: "Call the load balancer by a name on its certificate, through a DNS record or `network.resolve`: none can be issued for its amazonaws.com name. If the certificate is the wrong one, attach the right one to the listener; with several, SNI chooses.",
      lattice:
        "Attach a certificate for the custom domain name to the service: the managed one covers the generated name only. Otherwise call the service by its generated name.",
      other:
        "Use the endpoint's full name as AWS shows it, not an address or an alias of your own: its certificate covers the names under vpce.amazonaws.com, and the default names where private DNS is on.",
    }),
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  trust: "doc",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      refusedCertificates(exchanges, "name").map((one) => presented(one, target)),
    ),
};
