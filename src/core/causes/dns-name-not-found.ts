import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const dnsNameNotFound: Cause = {
  code: "dns-name-not-found",
  layer: "dns",
  title: "The name does not exist in DNS",
  explanation:
    "The resolver answered, and said that there is no such name. Either the name is wrong, or what should create it (an endpoint, a service, an association) is not there yet or no longer, or this resolver is not the one that knows it: custom DNS servers must forward amazonaws.com and on.aws to the VPC's resolver.",
  remedy: (target) =>
    `Compare ${target.origin.host} letter by letter with the name AWS shows, the Region in it above all. ${byKind(
      target,
      {
        "lambda-endpoint":
          "Check that the endpoint's state is Available, and take the name from DnsEntries of describe-vpc-endpoints.",
        lattice:
          "Check that the service and its association with the service network are ACTIVE; a custom domain name needs a DNS record of your own that leads to the generated name.",
        "api-gateway":
          "Check that the execute-api endpoint is Available; API-VPCE names exist only once the endpoint is associated with the API, and the API's own name may not resolve outside the VPC.",
        alb: "Check that the load balancer is active and that the private hosted zone with this name is associated with this VPC.",
        other: "Check that the record exists in the zone that this resolver asks.",
      },
    )} Check that the VPC's enableDnsSupport is on, and that custom DNS servers forward amazonaws.com and on.aws to the VPC's resolver.`,
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
  trust: "doc",
  refines: [],
  recognise: (exchanges, { origin }) =>
    sighting(
      "certain",
      failedWith(exchanges, "name-not-found").map(
        ({ failure }) => `${origin.host} does not resolve (${failure.code}).`,
      ),
    ),
};
