import { decodedPairs } from "#core/events/query.ts";
import { labAccount } from "../targets.ts";
import type { LabRequest } from "../wire.ts";
import type { LabTarget } from "../world.ts";
import { pathOf, queryOf } from "./message.ts";
import { clientVpc, serviceArnOf, serviceNetworkArn } from "./names.ts";

/**
 * Lattice's condition keys for a request.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-condition-keys
 */
export function latticeConditions(request: LabRequest, target: LabTarget): Readonly<Record<string, string>> {
  const headers = request.headers.map(([name, value]) => [`vpc-lattice-svcs:RequestHeader/${name}`, value] as const);
  const query = decodedPairs(queryOf(request)).map(
    ([name, value]) => [`vpc-lattice-svcs:RequestQueryString/${name}`, value] as const,
  );
  return {
    ...Object.fromEntries([...headers, ...query]),
    "vpc-lattice-svcs:Port": String(request.localPort),
    "vpc-lattice-svcs:RequestMethod": request.method,
    "vpc-lattice-svcs:RequestPath": pathOf(request),
    "vpc-lattice-svcs:ServiceArn": serviceArnOf(target),
    "vpc-lattice-svcs:ServiceNetworkArn": serviceNetworkArn,
    "vpc-lattice-svcs:SourceVpc": clientVpc,
    "vpc-lattice-svcs:SourceVpcOwnerAccount": labAccount,
    "aws:SourceIp": request.remoteAddress,
    "aws:SecureTransport": String(request.scheme === "https"),
  };
}
