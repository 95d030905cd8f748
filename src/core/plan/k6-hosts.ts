import { isIpAddress } from "#core/targets/address-class.ts";
import { parseUrl } from "#core/targets/url.ts";
import type { PlannedTarget } from "./load-plan.ts";

/**
 * k6's `options.hosts` for a plan: `orders.internal:443` → `10.0.1.10:443`. k6 takes one address a name, the first.
 *
 * @throws RangeError for an address that is not literal: k6 would then connect to localhost and may well report success
 */
export function k6Hosts(
  targets: readonly Pick<PlannedTarget, "id" | "origin" | "addresses">[],
): Record<string, string> {
  const hosts: Record<string, string> = {};
  for (const { id, origin, addresses } of targets) {
    const place = parseUrl(origin)?.origin;
    if (place === undefined) throw new RangeError(`target ${id}: ${JSON.stringify(origin)} is not an origin`);
    const wrong = addresses.find((address) => !isIpAddress(address));
    if (wrong !== undefined)
      throw new RangeError(`target ${id}: ${JSON.stringify(wrong)} is not an IP address, and k6 would go to localhost`);
    const [first] = addresses;
    if (first === undefined || isIpAddress(place.host)) continue;
    hosts[`${place.host}:${place.port}`] = first.includes(":") ? `[${first}]:${place.port}` : `${first}:${place.port}`;
  }
  return hosts;
}
