import type { Trust } from "#core/facts.ts";
import type { PriceName, Prices, Tier } from "./prices.ts";

/** One line of an estimate, for a month. */
export interface Charge {
  readonly price: PriceName;
  /** In words, with what it was reckoned from. */
  readonly what: string;
  /** In units of the price. */
  readonly units: number;
  readonly usd: number;
  readonly region: string;
  readonly asOf: string;
  readonly source: string;
  readonly trust: Trust;
}

export function charge(prices: Prices, price: PriceName, units: number, what: string): Charge {
  const { value, region, asOf, source, trust } = prices[price];
  return { price, what, units, usd: tiered(value, units), region, asOf, source, trust };
}

/** Each tier's price holds for the units within it, not for all. */
function tiered(tiers: readonly Tier[], units: number): number {
  let usd = 0;
  let from = 0;
  for (const tier of tiers) {
    const upTo = tier.upTo ?? Number.POSITIVE_INFINITY;
    usd += Math.max(0, Math.min(units, upTo) - from) * tier.usd;
    from = upTo;
  }
  return usd;
}
