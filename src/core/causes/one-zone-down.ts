import type { Cause } from "./cause.ts";
import { didWhat } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { connectedAddresses, notConnected } from "./recognise/zones.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const oneZoneDown: Cause = {
  code: "one-zone-down",
  layer: "tcp",
  title: "One of the name's addresses does not work while another does",
  explanation:
    "The name leads into several Availability Zones and at least one of them does not answer. Clients that are given that address fail or wait, the others notice nothing: on the whole it looks like an error rate, or like slow first requests.",
  remedy: (target) =>
    byKind(target, {
      alb: "Compare the subnets of the failing address with the others: network ACL, route table, security group. Check the health of the targets in that zone, and AWS Health for the zone itself. Until then take the zone out of the load balancer.",
      other:
        "Compare the subnet of the failing address with the others: its network ACL and route table differ, or the zone is impaired (AWS Health). Until then take that subnet out of the endpoint, or use the zonal name of a working zone.",
    }),
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",
  trust: "doc",
  refines: [
    "tcp-timeout",
    "tcp-unreachable",
    "tcp-data-dropped",
    "tcp-refused",
    "tcp-reset",
    "lattice-not-associated",
    "tls-handshake-reset",
    "tls-handshake-timeout",
  ],
  recognise(exchanges, target) {
    const connected = connectedAddresses(exchanges);
    const down = notConnected(exchanges).filter(
      ({ exchange: { address } }) => address !== null && !connected.has(address),
    );
    if (connected.size === 0) return null;
    return sighting(
      "certain",
      down.map(
        ({ exchange, failure }) =>
          `${place(exchange, target)} ${didWhat(failure)}, while ${[...connected].join(", ")} took the connection.`,
      ),
    );
  },
};
