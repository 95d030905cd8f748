import { classifyAddress } from "#core/targets/address-class.ts";
import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { failedWith, timedOutIn } from "./recognise/failed.ts";
import { frontOf } from "./recognise/front.ts";
import { sighting } from "./recognise/sighting.ts";
import { connectedAddresses } from "./recognise/zones.ts";
import { place } from "./words/place.ts";

export const latticeNotAssociated: Cause = {
  code: "lattice-not-associated",
  layer: "tcp",
  title: "This VPC has no way into the Lattice service network",
  explanation:
    "A Lattice name resolves everywhere, to link-local addresses that mean something only inside a VPC that is associated with the service network; elsewhere the connect gets no answer. Peering, Transit Gateway, Direct Connect and VPN do not carry link-local traffic: such clients need a service-network endpoint. Often mistaken for a missing security group rule, which looks the same.",
  remedy: ({ origin: { port } }) =>
    `Associate this VPC with the service network and wait until the association is ACTIVE (not CREATE_IN_PROGRESS or FAILED). If it is, allow inbound TCP ${port} from the client in the association's security group, and outbound TCP ${port} to the prefix list com.amazonaws.REGION.vpc-lattice in the client's. From a peered VPC, over Transit Gateway or VPN, use a service-network endpoint and its vpce-…-snsa-… name. Windows, macOS and some containers need a route for 169.254.171.0/24.`,
  source: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/how-it-works.html",
  trust: "doc",
  refines: ["tcp-timeout", "tcp-unreachable"],
  recognise(exchanges, target) {
    if (frontOf(target) !== "lattice" || connectedAddresses(exchanges).size > 0) return null;
    const failed = [...timedOutIn(exchanges, "connect"), ...failedWith(exchanges, "unreachable")];
    // An address inside a VPC is a service-network endpoint's, which does without an association.
    const endpoint = failed.every(({ exchange }) => classifyAddress(exchange.address ?? "") === "rfc1918");
    return sighting(
      endpoint ? "possible" : "likely",
      failed.map(({ exchange, failure }) => {
        const how = failure.kind === "timeout" ? `got no answer within ${showMs(failure.afterMs)}` : failure.code;
        return `TCP connect to ${place(exchange, target)}, ${whatAddress(exchange.address)}: ${how}.`;
      }),
    );
  },
};

function whatAddress(address: string | null): string {
  switch (classifyAddress(address ?? "")) {
    case "lattice":
      return "an address from which Lattice answers associated VPCs";
    case "rfc1918":
      return "an address inside a VPC, as of a service-network endpoint";
    default:
      return "no other address answered either";
  }
}
