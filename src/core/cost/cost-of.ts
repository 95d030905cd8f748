import { capacityUnits } from "./capacity-units.ts";
import { type Charge, charge } from "./charge.ts";
import { type CarriedLoad, carried } from "./month.ts";
import { metering, type Prices } from "./prices.ts";

/** What is paid for, by kind of target. */
export type CostedPath =
  /** `zones`: in how many the interface endpoint has an address. */
  | { readonly kind: "lambda-endpoint" | "api-gateway"; readonly zones: number }
  | { readonly kind: "lattice" }
  /** `rules`: of the listener; `toFunctions`: whether its targets are Lambda functions. */
  | { readonly kind: "alb"; readonly rules: number; readonly toFunctions: boolean }
  | { readonly kind: "http" };

/** An estimate from list prices, in US dollars. Never a quote: it knows no contract, no free tier of an account, no tax. */
export interface CostEstimate {
  readonly charges: readonly Charge[];
  readonly monthUsd: number;
  /** Hours included, so it falls with the rate; null when nothing is carried. */
  readonly perMillionUsd: number | null;
  /** What else there is to know, in sentences. */
  readonly notes: readonly string[];
}

/**
 * What a path costs if the load goes on evenly for a month of 730 hours, by itself: an endpoint or load balancer that others
 * share costs this path only its part of the hours. What is behind every path alike (the function, its logs) is left out.
 */
export function costOf(path: CostedPath, load: CarriedLoad, prices: Prices): CostEstimate {
  const charges = chargesOf(path, load, prices);
  const monthUsd = charges.reduce((sum, { usd }) => sum + usd, 0);
  const { requestsPerHour, hours } = carried(load);
  const millions = (requestsPerHour * hours) / 1e6;
  return { charges, monthUsd, perMillionUsd: millions > 0 ? monthUsd / millions : null, notes: notesOf(path) };
}

function chargesOf(path: CostedPath, load: CarriedLoad, prices: Prices): readonly Charge[] {
  switch (path.kind) {
    case "lambda-endpoint":
      return endpoint(path.zones, load, prices);
    case "api-gateway":
      return [...endpoint(path.zones, load, prices), apiRequests(load, prices)];
    case "lattice":
      return lattice(load, prices);
    case "alb":
      return alb(path, load, prices);
    case "http":
      return [];
  }
}

function endpoint(zones: number, load: CarriedLoad, prices: Prices): readonly Charge[] {
  const { gbPerHour, hours } = carried(load);
  const where = zones === 1 ? "1 zone" : `${zones} zones`;
  return [
    charge(prices, "endpoint-zone-hour", zones * hours, `interface endpoint, ${where} × ${hours} hours`),
    charge(prices, "endpoint-gb", gbPerHour * hours, "GB through the endpoint, requests and responses"),
  ];
}

function apiRequests(load: CarriedLoad, prices: Prices): Charge {
  const { requestsPerHour, hours } = carried(load);
  return charge(prices, "api-million-requests", (requestsPerHour * hours) / 1e6, "million REST API requests");
}

function lattice(load: CarriedLoad, prices: Prices): readonly Charge[] {
  const { requestsPerHour, gbPerHour, hours } = carried(load);
  const free = metering.latticeFreeRequestsPerHour.value;
  const paid = Math.max(0, requestsPerHour - free) * hours;
  return [
    charge(prices, "lattice-service-hour", hours, `service, ${hours} hours`),
    charge(prices, "lattice-gb", gbPerHour * hours, "GB, requests and responses"),
    charge(prices, "lattice-million-requests", paid / 1e6, `million requests beyond ${free} an hour, which are free`),
  ];
}

function alb(
  { rules, toFunctions }: CostedPath & { readonly kind: "alb" },
  load: CarriedLoad,
  prices: Prices,
): readonly Charge[] {
  const { hours } = carried(load);
  const { units, dimension } = capacityUnits(load, rules, toFunctions);
  return [
    charge(prices, "alb-hour", hours, `load balancer, ${hours} hours`),
    charge(prices, "alb-lcu-hour", units * hours, `capacity units, by ${dimension}, × ${hours} hours`),
  ];
}

function notesOf({ kind }: CostedPath): readonly string[] {
  if (kind === "http") return ["Nothing is known of what a plain HTTP origin costs: it counts as 0."];
  return [
    "An estimate from list prices, not a quote; the function behind the path, data transfer between zones and taxes are not in it.",
  ];
}
