import type { Exchange } from "#core/observations/exchange.ts";
import { classifyAddress, isPrivateAddress } from "#core/targets/address-class.ts";
import type { Target } from "#core/targets/target.ts";
import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { frontOf } from "./recognise/front.ts";
import { sighting } from "./recognise/sighting.ts";
import { byKind } from "./words/by-kind.ts";

export const dnsPublicAddress: Cause = {
  code: "dns-public-address",
  layer: "dns",
  title: "The name leads to a public address",
  explanation:
    "The name resolves, but not to the private way in. A Region's default names (lambda.REGION.amazonaws.com, API.execute-api.REGION.amazonaws.com) lead to public addresses unless private DNS is on for an endpoint in the VPC that asks; CloudFormation leaves it off. From a laptop or a peered VPC they always do.",
  remedy: (target) =>
    byKind(target, {
      "lambda-endpoint":
        "Set PrivateDnsEnabled on the com.amazonaws.REGION.lambda endpoint (CloudFormation's default is false) and turn on both enableDnsSupport and enableDnsHostnames of the VPC; or name the endpoint itself in `endpoint` (VPCE-ID.lambda.REGION.vpce.amazonaws.com), which needs neither. From a peered VPC or on-premises only the endpoint's own name leads to it.",
      "api-gateway":
        "Set PrivateDnsEnabled on the com.amazonaws.REGION.execute-api endpoint (CloudFormation's default is false) and turn on both enableDnsSupport and enableDnsHostnames of the VPC; or set `vpce` or `endpoint`, whose names need no private DNS.",
      lattice:
        "Run it from a VPC that is associated with the service network, or use the name of a service-network endpoint (vpce-…-snsa-…); a custom domain name must lead to the service's generated name.",
      alb: "Check that the load balancer's scheme is internal, and that the name's record leads to it and not to an internet-facing one.",
      other:
        "Check which record this resolver gives for the name. If the address is meant, allow it with limits.allow (`public`, an address or a range).",
    }),
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-endpoints.html",
  trust: "doc",
  refines: [],
  recognise: (exchanges, target) =>
    sighting("certain", [
      ...failedWith(exchanges, "address-not-allowed").map(({ failure }) => notAllowed(failure.addresses, target)),
      ...exchanges.flatMap((exchange) => publicOf(exchange, target)),
    ]),
};

const notAllowed = (addresses: readonly string[], target: Target): string =>
  `${leads(target)} ${addresses.map((one) => `${one} (${classifyAddress(one)})`).join(", ")}, which limits.allow does not allow; no packet was sent there.`;

function publicOf(exchange: Exchange, target: Target): readonly string[] {
  // A plain origin may well be public; the four fronts are private ways in, or should be.
  if (frontOf(target) === null || exchange.outcome.kind === "failed") return [];
  const found = exchange.addresses.filter(
    (one) => classifyAddress(one) === "public" && !isPrivateAddress(one, target.kind.privateRanges),
  );
  return found.length === 0 ? [] : [`${leads(target)} ${found.join(", ")}, which is public.`];
}

const leads = ({ origin, pinned }: Target): string =>
  pinned === null ? `${origin.host} resolves to` : `${origin.host} is pinned in network.resolve to`;
