import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { presented, refusedCertificates } from "./recognise/certificate.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tlsExpired: Cause = {
  code: "tls-expired",
  layer: "tls",
  title: "The certificate is outside its time of validity, or soon will be",
  explanation:
    "The certificate has ended, has not begun, or has fewer days left than the target demands (`certificateDaysMin`). If it looks valid elsewhere, suspect this machine's clock: signatures will then be refused as well.",
  remedy: (target) =>
    `${byKind(target, {
      alb: "Renew the certificate and attach it to the listener. ACM renews its own only while their DNS validation record is in place; imported certificates must be imported again.",
      lattice:
        "Renew the certificate of the custom domain and attach it to the service. ACM renews its own only while their DNS validation record is in place.",
      other: "Renew the certificate where it is presented.",
    })} Compare this machine's clock with a time server.`,
  source: "https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
  trust: "doc",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      refusedCertificates(exchanges, "expired", "not-yet-valid").map((one) => presented(one, target)),
    ) ??
    sighting(
      "possible",
      exchanges.flatMap((exchange) => endingSoon(exchange, target)),
    ),
};

const dayMs = 86_400_000;

function endingSoon(exchange: Exchange, target: Target): readonly string[] {
  if (exchange.tls === null || exchange.outcome.kind === "failed") return [];
  const daysLeft = (Date.parse(exchange.tls.validTo) - Date.parse(exchange.at)) / dayMs;
  if (!(daysLeft < target.certificateDaysMin)) return [];
  return [
    `The certificate at ${place(exchange, target)} ends on ${exchange.tls.validTo}: ${Math.floor(daysLeft)} days were left, and ${target.certificateDaysMin} are demanded.`,
  ];
}
