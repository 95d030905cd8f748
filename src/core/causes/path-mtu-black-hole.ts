import type { Exchange } from "#core/observations/exchange.ts";
import { showBytes, showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { timedOutIn } from "./recognise/failed.ts";
import { replies } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { place } from "./words/place.ts";

/** A request that fits into one packet of an Ethernet path needs no path MTU. */
const onePacketBytes = 1400;

export const pathMtuBlackHole: Cause = {
  code: "path-mtu-black-hole",
  layer: "tcp",
  title: "Small requests pass, large ones hang",
  explanation:
    "Connections come about and small requests are answered, while a larger body is never answered: full-size packets are lost on the way, and the message that they are too big does not come back. VPC endpoints and Lattice carry packets of up to 8500 bytes and do not support path MTU discovery; jumbo frames over Direct Connect or Transit Gateway meet that. A server that stops reading large bodies looks the same.",
  remedy: () =>
    "Set the MTU of the client's interface to 1500, or clamp the MSS on the tunnel or gateway between (Direct Connect, Transit Gateway, VPN, container networks), and allow ICMP type 3 code 4 in network ACLs. If the path is clean, look for a server or proxy that stops reading large bodies.",
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html",
  trust: "doc",
  // A later large request on a kept socket is not stale when size alone tells it from the one that was answered.
  refines: ["response-timeout", "stale-reuse-silent"],
  recognise(exchanges, target) {
    const answered = replies(exchanges).map(({ exchange }) => bytesOf(exchange));
    const largest = Math.max(0, ...answered);
    const hung = timedOutIn(exchanges, "send", "wait").filter(
      ({ exchange }) => bytesOf(exchange) > onePacketBytes && bytesOf(exchange) > 2 * largest,
    );
    if (answered.length === 0) return null;
    return sighting(
      "likely",
      hung.map(
        ({ exchange, failure }) =>
          `A request of ${showBytes(bytesOf(exchange))} to ${place(exchange, target)} got no answer within ${showMs(failure.afterMs)}, while one of ${showBytes(largest)} was answered.`,
      ),
    );
  },
};

const bytesOf = ({ sent }: Exchange): number => sent.bodyBytes + sent.headerBytes;
