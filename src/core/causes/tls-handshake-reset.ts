import type { Cause } from "./cause.ts";
import { endedIn, failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";
import { quote } from "./words/quote.ts";

export const tlsHandshakeReset: Cause = {
  code: "tls-handshake-reset",
  layer: "tls",
  title: "The TLS handshake is broken off",
  explanation:
    "TCP connected, and the peer ended the connection, sent an alert or broke TLS in the middle of the handshake. Fronts that choose the service by SNI do so for a name they do not know; inspecting firewalls do so for names they do not allow.",
  remedy: (target) =>
    `${byKind(target, {
      lattice:
        "Check that the name in the URL is the service's generated name or its custom domain name, and that the service is associated with the service network: Lattice finds it by SNI, and SNI must be sent.",
      alb: "Check that the listener has a certificate for this name, a security policy whose ciphers the client offers, and no mutual TLS in verify mode, since pathproof has no client certificate.",
      other: "Check that the name in the URL is the endpoint's own or, with private DNS, the default one.",
    })} Look for a firewall or inspection appliance that ends TLS for names it does not allow.`,
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/https-listeners.html",
  trust: "recalled",
  refines: [],
  recognise: (exchanges, target) =>
    sighting("certain", [
      ...endedIn(exchanges, "tls").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} ${failure.kind === "reset" ? "reset (RST)" : "closed (FIN)"} the connection during the TLS handshake for ${target.serverName ?? "no name"}.`,
      ),
      ...failedWith(exchanges, "tls-alert").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} ended the TLS handshake for ${target.serverName ?? "no name"} with the alert ${failure.alert}.`,
      ),
      ...failedWith(exchanges, "tls-broken").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} broke the TLS handshake for ${target.serverName ?? "no name"}: ${quote(failure.reason)} is what OpenSSL finds wrong with what it sent.`,
      ),
    ]),
};
