import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { timedOutIn } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";
import { place } from "./words/place.ts";

export const tcpTimeout: Cause = {
  code: "tcp-timeout",
  layer: "tcp",
  title: "Nothing answers the TCP connect",
  explanation:
    "The SYN got no answer. Security groups and network ACLs drop silently, so this is how a missing rule or a missing route looks, and a way back that a firewall does not let through; a port where nothing listens answers with a refusal instead. It says nothing about signatures or policies: no HTTP was spoken.",
  remedy: (target) => {
    const { port } = target.origin;
    return byKind(target, {
      alb: `Allow inbound TCP ${port} from this client in the load balancer's security group, and outbound TCP ${port} in the client's. Check the subnets' network ACLs in both directions (return ports 1024–65535) and the route between the VPCs.`,
      lattice: `Allow outbound TCP ${port} to the managed prefix list com.amazonaws.REGION.vpc-lattice in the client's security group, and inbound TCP ${port} from the client in the security group of the VPC association or of the service-network endpoint. Check the subnets' network ACLs in both directions.`,
      other: `Allow inbound TCP ${port} from this client in the endpoint's security group (when none was chosen it has the VPC's default group, which normally admits only itself), and outbound TCP ${port} in the client's. Check the subnets' network ACLs in both directions (return ports 1024–65535), and the route if the endpoint is in another VPC. Probe from the endpoint's own subnet to tell them apart; ping proves nothing, endpoints do not answer it.`,
    });
  },
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
  trust: "doc",
  refines: [],
  recognise: (exchanges, target) =>
    sighting(
      "certain",
      timedOutIn(exchanges, "connect").map(
        ({ exchange, failure }) =>
          `TCP connect to ${place(exchange, target)} got no answer within ${showMs(failure.afterMs)}.`,
      ),
    ),
};
