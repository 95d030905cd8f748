import type { SecureContext } from "node:tls";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Room } from "#node/sockets/byte-collector.ts";
import type { Clock } from "./clock.ts";
import { createHeadCache } from "./head-cache.ts";
import type { Place } from "./link.ts";

export interface PlaceMeans {
  readonly clock: Clock;
  readonly trust: () => SecureContext;
  readonly readInto: Buffer;
  readonly room: Room;
  /** Which address comes first: each thread begins elsewhere, so that each gets its share. */
  readonly first: number;
}

/** A target's addresses in turn, one for each new connection. */
export function takePlaces(target: PlannedTarget, { clock, trust, readInto, room, first }: PlaceMeans): () => Place {
  const origin = new URL(target.origin);
  const secure = origin.protocol === "https:";
  const name = origin.hostname.replace(/^\[|\]$/g, "");
  const cache = createHeadCache();
  const places = target.addresses.map(
    (address): Place => ({
      address,
      port: Number(origin.port || (secure ? 443 : 80)),
      tls: secure ? { name, trust: trust() } : null,
      protocol: target.protocol,
      clock,
      cache,
      readInto,
      room,
    }),
  );
  let turn = first;
  return () => {
    const place = places[turn++ % places.length];
    if (place === undefined) throw new Error(`target ${JSON.stringify(target.id)} has no address to connect to`);
    return place;
  };
}
