import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import { accessCells, labelOf } from "../ask/access-cells.ts";
import { type JudgedCell, judgeCell } from "./access-cell.ts";

/** The cells that were asked, in the order of the target's table. */
export function judgeCells(exchanges: readonly Exchange[], target: Target): readonly JudgedCell[] {
  const byStep = new Map(exchanges.map((exchange) => [exchange.step, exchange]));
  return accessCells(target).flatMap((cell) => {
    const exchange = byStep.get(labelOf(cell));
    return exchange === undefined ? [] : [judgeCell(cell, exchange, target)];
  });
}
