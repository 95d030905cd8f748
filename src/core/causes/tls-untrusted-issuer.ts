import type { Cause } from "./cause.ts";
import { presented, refusedCertificates } from "./recognise/certificate.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const tlsUntrustedIssuer: Cause = {
  code: "tls-untrusted-issuer",
  layer: "tls",
  title: "The certificate's issuer is not trusted here",
  explanation:
    "The chain of the certificate does not end at an authority that this machine trusts. Either it is a private authority that was not made known, or the server does not send its intermediate certificates, or a proxy on the way opens TLS and shows a certificate of its own.",
  remedy: (target) =>
    byKind(target, {
      alb: "Name the private authority's certificate in `network.ca` (for other Node programs NODE_EXTRA_CA_CERTS). If it is a public certificate, check that the chain was imported with it. If the issuer is your company's proxy, take this path out of TLS inspection.",
      other:
        "AWS's own certificates are publicly trusted, so look first for a proxy or firewall that inspects TLS and take this path out of it. A custom domain with a private authority needs that authority's certificate in `network.ca` (for other Node programs NODE_EXTRA_CA_CERTS).",
    }),
  source: "https://nodejs.org/api/tls.html#x509-certificate-error-codes",
  trust: "ran",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      refusedCertificates(exchanges, "issuer").map((one) => presented(one, target)),
    ) ??
    sighting(
      "possible",
      refusedCertificates(exchanges, "other").map((one) => presented(one, target)),
    ),
};
