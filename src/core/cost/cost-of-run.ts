import type { Bytes } from "#core/units.ts";
import { type Charge, charge } from "./charge.ts";
import type { CostedPath } from "./cost-of.ts";
import { metering, type Prices } from "./prices.ts";

/** What a run sends to one path and gets from it. */
export interface RunVolume {
  readonly requests: number;
  /** Of requests, and of responses as far as their size is known. */
  readonly bytes: Bytes;
  readonly durationMs: number;
}

/** AWS counts a GB as 2³⁰ bytes. */
const bytesPerGb = 1_073_741_824;
const msPerHour = 3_600_000;

/**
 * What a run adds to the bill, from list prices and at most: hours of endpoints, services and load balancers are paid for with or
 * without it, and what is free in an account is not known.
 */
export function costOfRun(
  path: CostedPath,
  { requests, bytes, durationMs }: RunVolume,
  prices: Prices,
): readonly Charge[] {
  const millions = requests / 1e6;
  const gb = bytes / bytesPerGb;
  switch (path.kind) {
    case "lambda-endpoint":
      return [charge(prices, "endpoint-gb", gb, "GB through the endpoint")];
    case "api-gateway":
      return [
        charge(prices, "endpoint-gb", gb, "GB through the endpoint"),
        charge(prices, "api-million-requests", millions, "million REST API requests"),
      ];
    case "lattice":
      return [
        charge(prices, "lattice-gb", gb, "GB"),
        charge(prices, "lattice-million-requests", millions, "million requests, were none of them free"),
      ];
    case "alb": {
      const perUnit = path.toFunctions ? metering.lcuGbPerHourToFunctions.value : metering.lcuGbPerHour.value;
      const connections = durationMs === 0 ? 0 : (requests / durationMs) * 1000;
      const units = Math.max(
        (gb / perUnit) * (msPerHour / Math.max(1, durationMs)),
        connections / metering.lcuNewConnectionsPerSecond.value,
      );
      const what = "capacity units × hours, were every request on a connection of its own";
      return [charge(prices, "alb-lcu-hour", (units * durationMs) / msPerHour, what)];
    }
    case "http":
      return [];
  }
}
