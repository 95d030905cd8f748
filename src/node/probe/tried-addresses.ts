import { addressesMax } from "#core/observations/step.ts";

/** Where a step goes that asks at each address. */
export interface Tried {
  readonly addresses: readonly string[];
  readonly leftOut: number;
}

/** All of them or, of too many, always the same: resolvers give them in another order each time. */
export function triedOf(addresses: readonly string[]): Tried {
  const leftOut = Math.max(0, addresses.length - addressesMax);
  return { addresses: leftOut === 0 ? addresses : addresses.toSorted().slice(0, addressesMax), leftOut };
}
