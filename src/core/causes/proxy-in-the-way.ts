import { type Answered, type Exchange, header } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { complaints, type Reply, replies, wasAnswered } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";
import { quote } from "./words/quote.ts";

export const proxyInTheWay: Cause = {
  code: "proxy-in-the-way",
  layer: "client",
  title: "A proxy answers instead of the service",
  explanation:
    "The answer, or the certificate, is a proxy's. Then the path that was measured is not the private one, signatures break where the proxy changes a signed header, and latency is the proxy's. k6 and most programs follow HTTPS_PROXY and HTTP_PROXY without saying so; some networks redirect without being asked.",
  remedy: ({ origin }) =>
    `Take ${origin.host} out of the proxy: unset HTTPS_PROXY and HTTP_PROXY or add it to NO_PROXY for programs that follow them (pathproof does not), and exempt it from TLS inspection and transparent redirection in the network. If the proxy is meant to be there, sign behind it.`,
  source: "https://www.rfc-editor.org/rfc/rfc9110#section-7.6.3",
  trust: "doc",
  refines: ["tls-untrusted-issuer", "unexpected-body", "unexpected-status"],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      replies(exchanges)
        .filter(({ answer }) => answer.status === 407 || markOf(answer, certainMarks) !== null)
        .map((reply) => described(reply, target)),
    ) ??
    sighting("likely", [
      ...complaints(exchanges, target)
        .filter(({ answer }) => markOf(answer, likelyMarks) !== null)
        .map((reply) => described(reply, target)),
      ...exchanges.flatMap((exchange) => inspected(exchange, target)),
    ]),
};

const certainMarks: readonly string[] = ["x-squid-error", "proxy-authenticate", "proxy-status", "proxy-agent"];
const likelyMarks: readonly string[] = ["via", "proxy-connection", "x-bluecoat-via", "x-proxy-id"];

/** The first of these headers with its value; CloudFront's own Via is no sign of a proxy of ours. */
function markOf(answer: Answered, names: readonly string[]): string | null {
  const name = names.find((one) => header(answer, one) !== null);
  const value = name === undefined ? null : header(answer, name);
  return value === null || /cloudfront/i.test(value) ? null : `${name}: ${value}`;
}

function described(reply: Reply, target: Target): string {
  const mark = markOf(reply.answer, [...certainMarks, ...likelyMarks]);
  return `${wasAnswered(reply, target)}${mark === null ? "" : ` It bears the header ${quote(mark)}.`}`;
}

const inspectors =
  /zscaler|netskope|palo ?alto|fortinet|fortigate|blue ?coat|symantec web|mitmproxy|squid|charles proxy|cisco umbrella|forcepoint|sophos|check ?point|mcafee web|barracuda|portswigger|fiddler/i;

const inspected = (exchange: Exchange, target: Target): readonly string[] =>
  exchange.tls !== null && inspectors.test(exchange.tls.issuer)
    ? [
        `The certificate at ${place(exchange, target)} was issued by ${quote(exchange.tls.issuer, 120)}, which inspects TLS.`,
      ]
    : [];
