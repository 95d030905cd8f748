import type { Exchange } from "#core/observations/exchange.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { type Failed, onReusedSocket, timedOutIn } from "./recognise/failed.ts";
import { fitsOnePacket } from "./recognise/packets.ts";
import { sighting } from "./recognise/sighting.ts";
import { place, request } from "./words/place.ts";

export const tcpDataDropped: Cause = {
  code: "tcp-data-dropped",
  layer: "tcp",
  title: "The connection is made, and then what is sent on it is dropped",
  explanation:
    "TCP connected, and the first data, small as it was, was sent again and again and never acknowledged: it does not arrive, or the acknowledgements do not come back. A slow service looks otherwise, its TCP acknowledges at once. Mostly the way back is another than the way there (asymmetric routing), and a stateful firewall that saw only half of the handshake drops the rest; or a firewall lets the handshake pass, looks at the first data (the name in a TLS greeting, say) and drops it.",
  remedy: () =>
    "Compare the routes in both directions: both must pass the same stateful firewall, NAT gateway or inspection appliance, in the same zone (with Transit Gateway: appliance mode on the inspection VPC's attachment). Check for hosts with several interfaces, and for one side in a peered VPC or VPN with two ways back. If the way is the same, look at the rules of a firewall that judges by content (AWS Network Firewall drops a TLS greeting by its name).",
  source: "https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html",
  trust: "doc",
  refines: ["tls-handshake-timeout", "response-timeout"],
  recognise(exchanges, target) {
    const lost = timedOutIn(exchanges, "tls", "send", "wait").filter(
      (one) => one.failure.peerTcp === "unacknowledged" && !onReusedSocket(one) && isSmall(one),
    );
    return sighting(
      lost.some(({ exchange }) => !heardBefore(exchange)) ? "likely" : "possible",
      lost.map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} took the connection; ${failure.phase === "tls" ? "the TLS greeting" : request(exchange)} was sent again and again for ${showMs(failure.afterMs)}, and nothing acknowledged it.`,
      ),
    );
  },
};

/** A TLS greeting fits into one packet, whatever the request that was to follow. */
const isSmall = ({ exchange, failure }: Failed<"timeout">): boolean =>
  failure.phase === "tls" || fitsOnePacket(exchange);

/** Whether data had passed both ways on that connection: then it was not the handshake's half that is missing. */
const heardBefore = ({ tls }: Exchange): boolean => tls !== null;
