import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { bytes, showBytes, showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { type Failed, onReusedSocket, timedOutIn } from "./recognise/failed.ts";
import { fitsOnePacket, requestBytes, takenInPart } from "./recognise/packets.ts";
import { replies } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { andItsTcp } from "./words/peer-tcp.ts";
import { place, request } from "./words/place.ts";

export const pathMtuBlackHole: Cause = {
  code: "path-mtu-black-hole",
  layer: "tcp",
  title: "Small packets pass, full-size ones are lost",
  explanation:
    "Connections come about and small requests are answered, while a larger request never is, or a larger answer or certificate never comes: full-size packets are lost on the way, and the message that they are too big does not come back. VPC endpoints and Lattice carry packets of up to 8500 bytes and do not support path MTU discovery; jumbo frames over Direct Connect or Transit Gateway meet that. Where the kernel can be asked, packets that are lost are told from a slow link and from a server that does not read (`request-not-taken`), which look the same otherwise.",
  remedy: () =>
    "Set the MTU of the client's interface to 1500, or clamp the MSS on the tunnel or gateway between (Direct Connect, Transit Gateway, VPN, container networks), and allow ICMP type 3 code 4 in network ACLs.",
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html",
  trust: "doc",
  // A later large request on a kept socket is not stale when size alone tells it from the one that was answered.
  refines: ["response-timeout", "stale-reuse-silent", "tls-handshake-timeout"],
  recognise: (exchanges, target) =>
    sighting("certain", largerThan(largestAnswered(exchanges), lost(exchanges), target)) ??
    sighting("likely", [...gaps(exchanges, target), ...behindTls(exchanges, target)]) ??
    sighting("likely", largerThan(largestAnswered(exchanges), hung(exchanges), target)),
};

/** Requests beyond one packet without an answer. What the peer's TCP has acknowledged did arrive, be it in part. */
const hung = (exchanges: readonly Exchange[]): readonly Failed<"timeout">[] =>
  timedOutIn(exchanges, "send", "wait").filter(
    ({ exchange, failure }) =>
      !fitsOnePacket(exchange) &&
      !takenInPart(failure) &&
      failure.peerTcp !== "acknowledged" &&
      failure.peerTcp !== "answer-gap",
  );

const lost = (exchanges: readonly Exchange[]): readonly Failed<"timeout">[] =>
  hung(exchanges).filter(({ failure }) => failure.peerTcp === "unacknowledged");

/** Bytes of a request; 0 where none was answered. */
const largestAnswered = (exchanges: readonly Exchange[]): number =>
  Math.max(0, ...replies(exchanges).map(({ exchange }) => requestBytes(exchange)));

const largerThan = (answered: number, among: readonly Failed<"timeout">[], target: Target): readonly string[] =>
  answered === 0
    ? []
    : among
        .filter(({ exchange }) => requestBytes(exchange) > 2 * answered)
        .map((one) => hanging(one, target, `while one of ${showBytes(bytes(answered))} was answered`));

/** A handshake's packets are small both ways, apart from the certificate. */
const behindTls = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  lost(exchanges)
    .filter((one) => one.exchange.tls !== null && !onReusedSocket(one))
    .map((one) => hanging(one, target, "while the TLS handshake passed"));

/** The same on the way back: the last packet of an answer, or of a handshake's certificate, is smaller than the others. */
const gaps = (exchanges: readonly Exchange[], target: Target): readonly string[] =>
  timedOutIn(exchanges, "tls", "wait", "receive")
    .filter(({ failure }) => failure.peerTcp === "answer-gap")
    .map(
      ({ exchange, failure }) =>
        `${place(exchange, target)} was waited for ${showMs(failure.afterMs)} ${failure.phase === "tls" ? "in the TLS handshake" : `for the answer to ${request(exchange)}`}${andItsTcp(failure.peerTcp)}.`,
    );

const hanging = ({ exchange, failure }: Failed<"timeout">, target: Target, meanwhile: string): string =>
  `A request of ${showBytes(bytes(requestBytes(exchange)))} to ${place(exchange, target)} got no answer within ${showMs(failure.afterMs)}, ${meanwhile}${andItsTcp(failure.peerTcp)}.`;
