import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { replies, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tlsClientCertificate: Cause = {
  code: "tls-client-certificate",
  layer: "tls",
  title: "The server wants a client certificate",
  explanation:
    "The server authenticates its clients by certificate (mutual TLS), and pathproof shows none. Up to TLS 1.2 most servers refuse with a plain handshake_failure, or close, which is named as `tls-handshake-reset`; from 1.3 on the alert says it, after the handshake looked complete.",
  remedy: (target) =>
    `${byKind(target, {
      alb: "Let a listener without mutual TLS, or with its passthrough mode, stand on a port for pathproof; in verify mode the load balancer takes no connection without a certificate.",
      other:
        "Look for a proxy or load balancer with mutual TLS on the way: none of these services asks for a certificate.",
    })} pathproof has no client certificates: such a port can be proven up to here, and no further.`,
  source: "https://www.rfc-editor.org/rfc/rfc8446#section-6.2",
  trust: "doc",
  refines: ["tls-handshake-reset", "unexpected-status"],
  recognise: (exchanges, target) =>
    sighting("certain", [
      ...failedWith(exchanges, "tls-alert")
        .filter(({ failure }) => failure.alert === "certificate_required")
        .map(
          ({ exchange, failure }) =>
            `${place(exchange, target)} ended the connection with the TLS alert ${failure.alert}.`,
        ),
      ...saidSo(exchanges, target),
    ]),
};

/** nginx lets the handshake pass and answers 400. */
const saidSo = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  replies(exchanges)
    .filter(({ answer }) => answer.status === 400 && /No required SSL certificate was sent/i.test(answer.body))
    .map((reply) => wasAnswered(reply, target));
