import type { CarriedLoad } from "./month.ts";
import { carried } from "./month.ts";
import { metering } from "./prices.ts";

/** What decides how many capacity units an ALB is charged. */
export interface CapacityUnits {
  readonly units: number;
  readonly dimension: "new connections" | "active connections" | "processed bytes" | "rule evaluations";
}

/** The largest of four dimensions; the other three are free. @param rules that each request passes, at most */
export function capacityUnits(load: CarriedLoad, rules: number, toFunctions: boolean): CapacityUnits {
  const { gbPerHour } = carried(load);
  const gbOfUnit = toFunctions ? metering.lcuGbPerHourToFunctions.value : metering.lcuGbPerHour.value;
  const evaluations = load.rate * Math.max(0, rules - metering.lcuFreeRules.value);
  const dimensions: readonly CapacityUnits[] = [
    {
      dimension: "new connections",
      units: load.newConnectionsPerSecond / metering.lcuNewConnectionsPerSecond.value,
    },
    { dimension: "active connections", units: load.activeConnections / metering.lcuActiveConnections.value },
    { dimension: "processed bytes", units: gbPerHour / gbOfUnit },
    { dimension: "rule evaluations", units: evaluations / metering.lcuRuleEvaluationsPerSecond.value },
  ];
  return dimensions.reduce((most, one) => (one.units > most.units ? one : most));
}
