import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { places } from "./options.ts";
import type { Place } from "./places.ts";

/**
 * The one connection that a virtual user has to a target while it sends one request after the other, as far as a script can
 * know it. k6 keeps connections for ever; here they end after so many requests or so long, as those of most clients do.
 *
 * @see https://github.com/grafana/k6/issues/3466
 */
export interface Connection {
  /** Where the next request goes. */
  place(): Place;
  /** Whether the next request is to be the last on it. */
  endsWithNext(): boolean;
  /** Whether the last answer left one open. */
  isOpen(): boolean;
  answered(opened: boolean, closing: boolean): void;
  failed(): void;
}

export function createConnection({ id, origin, connection: { requestsMax, ageMsMax } }: PlannedTarget): Connection {
  const all = places.of.get(id) ?? [];
  const only: Place = { base: origin, address: null };
  // Each begins elsewhere, so that every address gets its share.
  let at = Math.floor(Math.random() * all.length);
  let open = false;
  let served = 0;
  let servedMax = 0;
  let endsAtMs = 0;

  const begin = (): void => {
    served = 0;
    // Never more than planned, and not all at once.
    servedMax = requestsMax === null ? Number.POSITIVE_INFINITY : Math.ceil(requestsMax * spread());
    endsAtMs = ageMsMax === null ? Number.POSITIVE_INFINITY : Date.now() + ageMsMax * spread();
  };
  const end = (): void => {
    open = false;
    at = (at + 1) % all.length;
    begin();
  };
  begin();
  return {
    place: () => all[at] ?? only,
    endsWithNext: () => served + 1 >= servedMax || (open && ageMsMax !== null && Date.now() >= endsAtMs),
    isOpen: () => open,
    answered(opened, closing) {
      if (closing) return end();
      if (opened) begin();
      open = true;
      served += 1;
    },
    failed: end,
  };
}

const spread = (): number => 0.8 + Math.random() * 0.2;
