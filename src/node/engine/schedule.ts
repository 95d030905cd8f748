import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Pace } from "./messages.ts";

/** Null in a closed loop, where nothing is due. In blocks all targets share one row of due times. */
export function paceOf({ arrival, warmupMs, durationMs, targets, blocks }: LoadPlan, threads: number): Pace | null {
  if (arrival.kind === "closed") return null;
  const perMs = arrival.rate / 1000;
  const rows = blocks === undefined ? targets.length : 1;
  return { threads, targets: rows, perMs, count: Math.ceil(perMs * (warmupMs + durationMs)) };
}

/** Of a target's n-th request, since the load began. */
export const dueAtMs = ({ perMs, targets }: Pace, target: number, n: number): number => (n + target / targets) / perMs;

/** A target's requests go to the threads in turn. */
export const threadOf = ({ threads }: Pace, n: number): number => n % threads;
