import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { endedIn, type Failed, failedWith, onReusedSocket } from "./recognise/failed.ts";
import { replies, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";

export const plainHttpToTlsPort: Cause = {
  code: "plain-http-to-tls-port",
  layer: "tls",
  title: "Plain HTTP is spoken to a port that expects TLS",
  explanation:
    "The request went out unencrypted to a port where TLS is expected. Some servers say so in a 400, some answer with a TLS alert, most just end the connection without a word, which looks like a crash or a firewall.",
  remedy: ({ origin: { port } }) =>
    `Use https:// for port ${port}, or the port of the plain HTTP listener (usually 80). If plain HTTP is meant and the server should speak it, look at why it ends connections without an answer.`,
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
  trust: "ran",
  refines: ["protocol-error", "response-truncated", "unexpected-status"],
  recognise(exchanges, target) {
    if (target.origin.scheme !== "http") return null;
    return (
      sighting("certain", said(exchanges, target)) ??
      sighting("likely", endedSilently(exchanges, target)) ??
      sighting("possible", [...notHttp(exchanges, target), ...resetSilently(exchanges, target)])
    );
  },
};

const said = (exchanges: readonly Exchange[], target: Target): readonly string[] => [
  ...replies(exchanges)
    .filter(
      ({ answer }) =>
        answer.status === 400 &&
        /plain HTTP request was sent to HTTPS port|HTTPS (?:server|port|scheme)/i.test(answer.body),
    )
    .map((reply) => wasAnswered(reply, target)),
  ...failedWith(exchanges, "malformed")
    .filter(({ failure }) => tlsRecord.test(failure.detail))
    .map(
      ({ exchange, failure }) =>
        `${place(exchange, target)} answered plain HTTP with what looks like a TLS alert (${failure.detail}).`,
    ),
];

// 0x15 is a TLS record of type alert, 0x03 the first byte of its version.
const tlsRecord = /\u0015\u0003|\\x15\\x03|\\u0015|\b0x15\b|\b15 ?03\b|\btls\b/i;

/** No plain request was ever answered there, and the connections ended without a byte. */
function silentEnds(exchanges: readonly Exchange[]): readonly Failed<"reset" | "closed">[] {
  if (replies(exchanges).length > 0) return [];
  return endedIn(exchanges, "send", "wait").filter((one) => !onReusedSocket(one));
}

const endedSilently = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  silentEnds(exchanges)
    .filter((one) => isTlsPort(one.exchange, target) || (one.failure.kind === "closed" && endedAtOnce(one.exchange)))
    .map((one) => silentEnd(one, target));

/** More than a server takes to see that a request is no TLS greeting, beyond the way there and back. */
const atOnceMs = 300;

const endedAtOnce = ({ phases: { dnsMs, connectMs, totalMs } }: Exchange): boolean =>
  totalMs - (dnsMs ?? 0) - (connectMs ?? 0) < atOnceMs + 3 * (connectMs ?? 0);

/** Firewalls reset a request that they do not like, too: on a port that is not known for TLS that is likelier. */
const resetSilently = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  silentEnds(exchanges).map((one) => silentEnd(one, target));

const isTlsPort = ({ connection }: Exchange, { origin }: Target): boolean =>
  [443, 8443].includes(connection?.remotePort ?? origin.port);

const silentEnd = ({ exchange, failure }: Failed<"reset" | "closed">, target: Target): string =>
  `${place(exchange, target)} took a plain HTTP request on a new connection and ${failure.kind === "reset" ? "reset" : "closed"} it without a byte of answer.`;

/** A parser's complaint may leave out the bytes it stumbled over: they may have been a TLS alert. */
const notHttp = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  replies(exchanges).length > 0
    ? []
    : failedWith(exchanges, "malformed").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} answered plain HTTP with what is not HTTP (${failure.detail}).`,
      );
