import { showMs } from "#core/units.ts";
import type { Cause } from "./cause.ts";
import { failedWith, timedOutIn } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";

export const dnsResolverUnreachable: Cause = {
  code: "dns-resolver-unreachable",
  layer: "dns",
  title: "The DNS resolver does not answer",
  explanation:
    "No answer came from the resolver at all, so nothing is known about the name. Under load this comes and goes: a VPC's resolver takes 1024 packets per second and network interface, and drops the rest, which looks random.",
  remedy: () =>
    "Check that the resolvers in use (network.dns, or the system's) are right and reachable on UDP and TCP 53: security groups, network ACLs, and the route to them. If it happens only under load, look names up less often (a cache, keep-alive, fewer clients per host): the VPC's resolver takes 1024 packets per second and network interface.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
  trust: "doc",
  refines: [],
  recognise: (exchanges, { origin }) =>
    sighting("certain", [
      ...failedWith(exchanges, "resolver-unreachable").map(
        ({ failure }) => `The resolver did not answer for ${origin.host} (${failure.code}).`,
      ),
      ...timedOutIn(exchanges, "dns").map(
        ({ failure }) => `The resolver did not answer for ${origin.host} within ${showMs(failure.afterMs)}.`,
      ),
    ]),
};
