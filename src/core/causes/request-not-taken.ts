import type { Target } from "#core/targets/target.ts";
import { bytes, showBytes, showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { type Failed, timedOutIn } from "./recognise/failed.ts";
import { fitsOnePacket, requestBytes, takenInPart } from "./recognise/packets.ts";
import { sighting } from "./recognise/sighting.ts";
import { andItsTcp } from "./words/peer-tcp.ts";
import { place, request } from "./words/place.ts";

export const requestNotTaken: Cause = {
  code: "request-not-taken",
  layer: "connection",
  title: "A large request is not taken in time",
  explanation:
    "The request went out in part: the other side's TCP acknowledged full-size packets of it, and then took no more, or took the rest so slowly that the deadline passed. So packets of every size get through; what is too slow is a narrow link (a VPN, a throttled or policed connection), a proxy that passes a body on no faster than what stands behind it reads, or a server that stops reading bodies beyond some size without refusing them.",
  remedy: () =>
    "Send the same body to what stands first on the path from a host beside it: if it is quick there, look at the bandwidth of the link between (VPN, Direct Connect, a rate limit); if not, look for a proxy or server that reads bodies slowly or not to their end, and at its limits on body size and buffering. If the path is meant to be that slow, raise `deadlines` (firstByte, total) of this target.",
  source: "https://www.rfc-editor.org/rfc/rfc9293#section-3.8.6",
  trust: "doc",
  refines: ["response-timeout", "stale-reuse-silent"],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      timedOutIn(exchanges, "send", "wait")
        .filter((one) => !fitsOnePacket(one.exchange) && takenInPart(one.failure))
        .map((one) => describe(one, target)),
    ),
};

const describe = ({ exchange, failure }: Failed<"timeout">, target: Target): string =>
  `${request(exchange)}, ${showBytes(bytes(requestBytes(exchange)))} in all, was not taken by ${place(exchange, target)} within ${showMs(failure.afterMs)}${andItsTcp(failure.peerTcp)}.`;
