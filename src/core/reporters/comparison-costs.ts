import { type CostEstimate, costOf } from "#core/cost/cost-of.ts";
import { listPrices, withPrices } from "#core/cost/prices.ts";
import type { LaneSeen } from "#core/plan/lane-seen.ts";
import type { SavedComparison, SavedCosting } from "#core/plan/saved-comparison.ts";
import { perSecond } from "#core/units.ts";
import type { ReportedCost } from "./reported-comparison.ts";

/** What each path would cost if it carried the load of its blocks for a month. */
export function comparisonCosts(
  { costs, prices, design }: SavedComparison,
  seen: readonly LaneSeen[],
): readonly ReportedCost[] {
  const list = prices === null ? listPrices : withPrices(listPrices, prices);
  return costs.flatMap((costing) => {
    const own = seen.find(({ lane }) => lane.target === costing.target && lane.use === design.connections[0]);
    return own === undefined ? [] : [costOfTarget(costing, own, design, list)];
  });
}

function costOfTarget(
  { target, path, requestBytes, responseBytes, bytesFrom, assumed }: SavedCosting,
  { rounds, counts, response }: LaneSeen,
  { blockMs, headMs }: SavedComparison["design"],
  prices: typeof listPrices,
): ReportedCost {
  const measuredSeconds = (rounds.filter((record) => record !== null).length * (blockMs - headMs)) / 1000;
  const perSecondOf = (count: number): number =>
    measuredSeconds === 0 ? 0 : Number((count / measuredSeconds).toFixed(3));
  const rate = perSecond(perSecondOf(counts.requests));
  const newConnectionsPerSecond = perSecond(perSecondOf(counts.opened));
  // Little's law: at so many a second, each taking so long, so many are under way.
  const activeConnections = Math.max(1, Math.ceil((rate * (response.mean() ?? 0)) / 1000));
  const carried = { rate, requestBytes, responseBytes, newConnectionsPerSecond, activeConnections };
  const estimate: CostEstimate = costOf(path, carried, prices);
  return {
    target,
    kind: path.kind,
    carried: { ...carried, bytesFrom, zones: "zones" in path ? path.zones : null },
    ...estimate,
    notes: [...estimate.notes, ...assumed],
  };
}
