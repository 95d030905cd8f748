import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tcpUnreachable: Cause = {
  code: "tcp-unreachable",
  layer: "tcp",
  title: "No route leads to the address",
  explanation:
    "The connect ended at once because there is no way there: this machine has no route, or forbids it, or a router or firewall on the way said so by ICMP (destination unreachable, administratively prohibited). Security groups and network ACLs never say so, they drop silently; a port where nothing listens answers with a refusal.",
  remedy: (target) =>
    `Look at the client's own routes first (ip route get ADDRESS), in the container or namespace that it runs in. Then at the route tables on the way: a peering, Transit Gateway or VPN route that is missing or a black hole. ${byKind(
      target,
      {
        lattice:
          "Lattice answers from link-local addresses (169.254.171.0/24), which some systems and containers have no route for, and which no peering, Transit Gateway or VPN carries.",
        other: "If a firewall on the premises rejects instead of dropping, allow the address and port there.",
      },
    )}`,
  source: "https://www.rfc-editor.org/rfc/rfc1812#section-5.2.7.1",
  trust: "ran",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      failedWith(exchanges, "unreachable").map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} cannot be reached: ${whose(failure.code)} (${failure.code}).`,
      ),
    ),
};

/** Who says so. The kernel's codes do not tell a router's ICMP from a missing route of the machine's own. */
function whose(code: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "this machine itself forbids it, by a route or a firewall of its own";
    case "ENETUNREACH":
    case "ENETDOWN":
      return "this machine has no route there, or a router on the way has none";
    case "EHOSTUNREACH":
      return "the next hop does not answer, or a router or firewall on the way says so";
    default:
      return "the kernel found no way there";
  }
}
