import { showMs } from "#core/units.ts";
import type { Cause, Confidence } from "./cause.ts";
import { onReusedSocket, timedOutIn } from "./recognise/failed.ts";
import { onKept } from "./recognise/kept.ts";
import { replies } from "./recognise/replies.ts";
import { sighting } from "./recognise/sighting.ts";
import { andItsTcp } from "./words/peer-tcp.ts";
import { place } from "./words/place.ts";

export const staleReuseSilent: Cause = {
  code: "stale-reuse-silent",
  layer: "connection",
  title: "A kept connection had been forgotten without a word",
  explanation:
    "The request went out on a connection that had served before, and nothing came back, not even a reset: something between has forgotten the flow and drops its packets. Interface endpoints do so after 350 s of silence, and so do the connection tracking of newer instance types and NAT gateways. Calls that take longer than that without a packet die the same way.",
  remedy: () =>
    "Turn TCP keep-alive on in the client with probes every 60 s or so (it must be less than 350 s), or drop idle connections before that. On Nitro v6 instances also look at TcpEstablishedTimeout of the network interface (350 s by default). Give every request a deadline: without one this hangs for many minutes.",
  source:
    "https://aws.amazon.com/blogs/networking-and-content-delivery/implementing-long-running-tcp-connections-within-vpc-networking/",
  trust: "doc",
  refines: ["response-timeout"],
  recognise(exchanges, target) {
    const hung = onKept(timedOutIn(exchanges, "send", "wait"));
    const freshWorks = replies(exchanges).some((reply) => !onReusedSocket(reply));
    const lost = hung.some(({ failure }) => failure.peerTcp === "unacknowledged");
    return sighting(
      confidence(freshWorks, lost),
      hung.map(({ exchange, failure, connection }) => {
        const idle = connection.idleMs === null ? "" : ` after ${showMs(connection.idleMs)} of silence`;
        const fresh = freshWorks ? ", while a request on a new connection was answered" : "";
        return `${place(exchange, target)} did not answer within ${showMs(failure.afterMs)} on connection ${connection.id}, used again${idle}${fresh}${andItsTcp(failure.peerTcp)}.`;
      }),
    );
  },
};

/** @param lost whether the kernel says that nothing acknowledges it: then it is not a slow answer */
function confidence(freshWorks: boolean, lost: boolean): Confidence {
  if (freshWorks) return lost ? "certain" : "likely";
  return lost ? "likely" : "possible";
}
