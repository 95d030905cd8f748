import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Pace } from "./messages.ts";

/** Null in a closed loop, where nothing is due. */
export function paceOf({ arrival, warmupMs, durationMs, targets }: LoadPlan, threads: number): Pace | null {
  if (arrival.kind === "closed") return null;
  const perMs = arrival.rate / 1000;
  return { threads, targets: targets.length, perMs, count: Math.ceil(perMs * (warmupMs + durationMs)) };
}

/** Of a target's n-th request, since the load began. */
export const dueAtMs = ({ perMs, targets }: Pace, target: number, n: number): number => (n + target / targets) / perMs;

/** A target's requests go to the threads in turn. */
export const threadOf = ({ threads }: Pace, n: number): number => n % threads;
