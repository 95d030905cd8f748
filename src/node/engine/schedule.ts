import type { LoadPlan } from "#core/plan/load-plan.ts";
import { areaBy, stretchesOf, timeOfArea } from "#core/scenarios/schedule.ts";
import { isSteady, type Shape, steady } from "#core/scenarios/shape.ts";
import type { Pace } from "./messages.ts";

/** Null in a closed loop, where nothing is due. In blocks all targets share one row of due times. */
export function paceOf(plan: LoadPlan, threads: number, shape: Shape = steady): Pace | null {
  const { arrival, warmupMs, durationMs, targets, blocks } = plan;
  if (arrival.kind === "closed") return null;
  const rows = blocks === undefined ? targets.length : 1;
  const common = { threads, targets: rows, perMs: arrival.rate / 1000 };
  const wholeMs = warmupMs + durationMs;
  if (isSteady(shape)) return { ...common, count: Math.ceil(common.perMs * wholeMs), stretches: null };
  const stretches = stretchesOf(shape, { perSecond: arrival.rate, warmupMs, durationMs });
  return { ...common, count: Math.floor(areaBy(stretches, wholeMs) + 1e-9), stretches };
}

/** Of a target's n-th request, since the load began. As k6 has it, a constant rate begins at once and a changing one does not. */
export function dueAtMs({ perMs, targets, stretches }: Pace, target: number, n: number): number {
  const number = n + target / targets;
  return stretches === null ? number / perMs : timeOfArea(stretches, number + 1);
}

/** The last of a target's requests that was due by then. */
export function lastDueBy({ perMs, targets, stretches }: Pace, target: number, nowMs: number): number {
  const area = stretches === null ? nowMs * perMs : areaBy(stretches, nowMs) - 1;
  return Math.floor(area - target / targets);
}

/** A target's requests go to the threads in turn. */
export const threadOf = ({ threads }: Pace, n: number): number => n % threads;
