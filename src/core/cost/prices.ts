import { type Fact, fact, type Trust } from "#core/facts.ts";

/** What a unit costs in US dollars up to so many units a month; null: from there on. Ascending, the last one open. */
export interface Tier {
  readonly upTo: number | null;
  readonly usd: number;
}

/** A list price. It changes, and differs between regions and contracts: an estimate is made of it, never a quote. */
export interface Price extends Fact<readonly [Tier, ...Tier[]]> {
  readonly region: string;
  /** Year and month in which it was seen, `2026-09`. */
  readonly asOf: string;
}

/** By what one unit is: an hour of an endpoint in one zone, a GB of 2³⁰ bytes, a million requests. */
export type PriceName =
  | "endpoint-zone-hour"
  | "endpoint-gb"
  | "lattice-service-hour"
  | "lattice-gb"
  | "lattice-million-requests"
  | "alb-hour"
  | "alb-lcu-hour"
  | "api-million-requests";

export type Prices = Readonly<Record<PriceName, Price>>;

const pages = {
  privateLink: "https://aws.amazon.com/privatelink/pricing/",
  lattice: "https://aws.amazon.com/vpc/lattice/pricing/",
  alb: "https://aws.amazon.com/elasticloadbalancing/pricing/",
  api: "https://aws.amazon.com/api-gateway/pricing/",
};

const seen = (trust: Trust, source: string, ...tiers: readonly [Tier, ...Tier[]]): Price => ({
  ...fact(tiers, trust, source),
  region: "us-east-1",
  asOf: "2026-09",
});
const flat = (usd: number): Tier => ({ upTo: null, usd });

const gbPerPb = 1_048_576;

/** List prices of us-east-1. */
export const listPrices: Prices = {
  "endpoint-zone-hour": seen("code", pages.privateLink, flat(0.01)),
  "endpoint-gb": seen(
    "doc",
    pages.privateLink,
    { upTo: gbPerPb, usd: 0.01 },
    { upTo: 5 * gbPerPb, usd: 0.006 },
    flat(0.004),
  ),
  "lattice-service-hour": seen("code", pages.lattice, flat(0.025)),
  "lattice-gb": seen("code", pages.lattice, flat(0.025)),
  "lattice-million-requests": seen("code", pages.lattice, flat(0.1)),
  "alb-hour": seen("code", pages.alb, flat(0.0225)),
  "alb-lcu-hour": seen("code", pages.alb, flat(0.008)),
  "api-million-requests": seen(
    "code",
    pages.api,
    { upTo: 333, usd: 3.5 },
    { upTo: 1000, usd: 2.8 },
    { upTo: 20_000, usd: 2.38 },
    flat(1.51),
  ),
};

/** How AWS counts, apart from what it charges. */
export const metering = {
  latticeFreeRequestsPerHour: fact(300_000, "code", pages.lattice),
  /** One load balancer capacity unit is the largest of these. */
  lcuNewConnectionsPerSecond: fact(25, "code", pages.alb),
  lcuActiveConnections: fact(3000, "code", pages.alb),
  lcuGbPerHour: fact(1, "code", pages.alb),
  lcuGbPerHourToFunctions: fact(0.4, "code", pages.alb),
  lcuRuleEvaluationsPerSecond: fact(1000, "code", pages.alb),
  lcuFreeRules: fact(10, "code", pages.alb),
} as const satisfies Readonly<Record<string, Fact<number>>>;

/** One's own prices, and where they come from: a region, a contract, a newer page. */
export interface OwnPrices {
  readonly region: string;
  readonly asOf: string;
  readonly source: string;
  readonly usd: Readonly<Partial<Record<PriceName, readonly [Tier, ...Tier[]]>>>;
}

/** The list with one's own prices instead of those named; the others stay, each with its own region and date. */
export const withPrices = (prices: Prices, { region, asOf, source, usd: own }: OwnPrices): Prices => {
  const replaced = (name: PriceName): Price => {
    const value = own[name];
    return value === undefined ? prices[name] : { value, source, trust: "doc", region, asOf };
  };
  return {
    "endpoint-zone-hour": replaced("endpoint-zone-hour"),
    "endpoint-gb": replaced("endpoint-gb"),
    "lattice-service-hour": replaced("lattice-service-hour"),
    "lattice-gb": replaced("lattice-gb"),
    "lattice-million-requests": replaced("lattice-million-requests"),
    "alb-hour": replaced("alb-hour"),
    "alb-lcu-hour": replaced("alb-lcu-hour"),
    "api-million-requests": replaced("api-million-requests"),
  };
};
