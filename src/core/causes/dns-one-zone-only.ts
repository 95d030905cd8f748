import type { Cause } from "./cause.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const dnsOneZoneOnly: Cause = {
  code: "dns-one-zone-only",
  layer: "dns",
  title: "The name leads into one Availability Zone only",
  explanation:
    "Everything works, but through one network interface: when its zone is impaired, the whole VPC loses the path. An interface endpoint has one interface per subnet that was chosen for it, a load balancer at least two.",
  remedy: (target) =>
    byKind(target, {
      alb: "Add subnets of further Availability Zones to the load balancer, and check that no zone was taken out of its DNS because its targets are unhealthy.",
      other:
        "Add a subnet in a second Availability Zone to the VPC endpoint; if the name is a zonal one (VPCE-ID-…-AZ.…), use the Regional name instead, which fails over.",
    }),
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",
  trust: "doc",
  refines: [],
  recognise(exchanges, { zonesExpected, pinned, origin }) {
    const resolved = exchanges.filter(({ outcome }) => outcome.kind === "resolved");
    const addresses = [...new Set(resolved.flatMap((exchange) => exchange.addresses))];
    if (!zonesExpected || pinned !== null || addresses.length !== 1) return null;
    const times = resolved.length === 1 ? "" : ` in all of ${resolved.length} answers`;
    return sighting("likely", [`${origin.host} resolves to ${addresses[0]} alone${times}.`]);
  },
};
