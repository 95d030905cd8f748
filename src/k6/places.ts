import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { isLiteral, readOrigin } from "./origin.ts";

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

// Below the range that systems hand out.
const standInPorts = 20_000;

/** @param targets checked by `checkPlan` */
export function layOut(targets: readonly PlannedTarget[]): Places {
  const hosts: Record<string, string> = {};
  const of = new Map<string, readonly Place[]>();
  let standIn = standInPorts;
  for (const { id, origin, addresses } of targets) {
    const place = readOrigin(origin);
    if (place === null || addresses.length === 0 || isLiteral(place.host)) {
      of.set(id, [{ base: origin, address: addresses[0] ?? null }]);
      continue;
    }
    const pin = (address: string, port: number): Place => {
      hosts[`${place.host}:${port}`] = `${address.includes(":") ? `[${address}]` : address}:${place.port}`;
      return { base: `${place.scheme}://${place.host}:${port}`, address };
    };
    // Two targets of one name would share connections: cold requests would go out on those that others keep, and end them.
    const isTaken = hosts[`${place.host}:${place.port}`] !== undefined;
    of.set(
      id,
      addresses.map((address, index) => {
        const isOwn = index === 0 && !isTaken;
        if (!isOwn) standIn += 1;
        return pin(address, isOwn ? place.port : standIn);
      }),
    );
  }
  return { hosts, of };
}
