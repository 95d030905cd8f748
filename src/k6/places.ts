import { k6Hosts } from "#core/plan/k6-hosts.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { isIpAddress } from "#core/targets/address-class.ts";
import { parseUrl } from "#core/targets/url.ts";

/** One address of a target, and how a URL must begin for k6 to connect there. */
export interface Place {
  /** `https://orders.internal:20001`. */
  readonly base: string;
  /** Null where nothing was pinned: then DNS decides. */
  readonly address: string | null;
}

/**
 * Where each target's requests go, by id, and what k6 must be told of it. k6 pins one address a name, but takes names with
 * ports: so each further address has a port of its own in the URL, which `options.hosts` leads to the true one. Name, and
 * with it SNI and certificate, stay the same; `Host` is given with each request.
 */
export interface Places {
  readonly hosts: Readonly<Record<string, string>>;
  readonly of: ReadonlyMap<string, readonly Place[]>;
}

// Below the range that systems hand out, above what anybody listens on by custom.
const standInPorts = 20_000;

export function layOut(targets: readonly PlannedTarget[]): Places {
  const hosts: Record<string, string> = { ...k6Hosts(targets) };
  const places = new Map<string, readonly Place[]>();
  let port = standInPorts;
  for (const { id, origin, addresses } of targets) {
    const place = parseUrl(origin)?.origin;
    if (place === undefined || addresses.length < 2 || isIpAddress(place.host)) {
      places.set(id, [{ base: origin, address: addresses[0] ?? null }]);
      continue;
    }
    const [first, ...others] = addresses;
    const further = others.map((address) => {
      port += 1;
      hosts[`${place.host}:${port}`] = address.includes(":")
        ? `[${address}]:${place.port}`
        : `${address}:${place.port}`;
      return { base: `${place.scheme}://${place.host}:${port}`, address };
    });
    places.set(id, [{ base: origin, address: first ?? null }, ...further]);
  }
  return { hosts, of: places };
}
