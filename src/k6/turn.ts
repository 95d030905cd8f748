import exec from "k6/execution";
import { isWarmup, targetNumberAt } from "#core/plan/block-order.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { constantSchedule, inGrain, rampingSchedule, type Schedule, stretchesOf } from "#core/scenarios/schedule.ts";
import { isSteady, type Shape, steady } from "#core/scenarios/shape.ts";
import { exactStartMs } from "./clock.ts";
import { createDueTimes } from "./due-time.ts";
import { targetOfScenario } from "./options.ts";
import { plan, targets } from "./plan.ts";

/** One iteration of a virtual user. */
export interface Turn {
  /** The target this k6 scenario loads, or whose turn it is. */
  readonly target: PlannedTarget;
  /** From 0, across all virtual users. */
  readonly number: number;
  readonly phase: "warmup" | "measured";
  /** Milliseconds since the epoch; null in a closed loop. */
  readonly dueAtMs: number | null;
  /** What is left of the planned time. */
  remainingMs(): number;
}

const wholeMs = plan.warmupMs + plan.durationMs;

/**
 * Tells a virtual user its turns: always the same object, since one turn ends before the next begins.
 *
 * @param shape that of the scenario's `options`
 */
export function createTurns(shape: Shape = steady): () => Turn {
  let seat: Seat | null = null;
  return () => {
    seat ??= takeSeat(shape);
    const { scenario, startMs, dueTimes, turn } = seat;
    const number = scenario.iterationInTest;
    const elapsedMs = Date.now() - startMs;
    const dueMs = dueTimes === null ? null : dueTimes(number, elapsedMs);
    turn.number = number;
    turn.phase = isWarmup(plan, dueMs ?? elapsedMs) ? "warmup" : "measured";
    if (plan.blocks !== undefined)
      turn.target = targets[targetNumberAt(plan.blocks, dueMs ?? elapsedMs) ?? 0] ?? turn.target;
    turn.dueAtMs = dueMs === null ? null : startMs + dueMs;
    return turn;
  };
}

/** What stays the same for a virtual user: k6 makes the object anew at each asking, and it is not cheap. */
interface Seat {
  readonly scenario: typeof exec.scenario;
  readonly startMs: number;
  readonly dueTimes: ReturnType<typeof createDueTimes> | null;
  readonly turn: { -readonly [Member in keyof Turn]: Turn[Member] };
}

function takeSeat(shape: Shape): Seat {
  const scenario = exec.scenario;
  const target = targetOfScenario.get(scenario.name) ?? targets[0];
  if (target === undefined) throw new Error("the plan has no target");
  const schedule = scenario.executor.endsWith("arrival-rate") ? scheduleOf(shape) : null;
  const startMs = schedule === null ? scenario.startTime : exactStartMs(scenario, wholeMs);
  const remainingMs = (): number => startMs + wholeMs - Date.now();
  return {
    scenario,
    startMs,
    dueTimes: schedule === null ? null : createDueTimes(schedule),
    turn: { target, number: 0, phase: "measured", dueAtMs: null, remainingMs },
  };
}

function scheduleOf(shape: Shape): Schedule | null {
  const { arrival, warmupMs, durationMs } = plan;
  if (arrival.kind === "closed") return null;
  return isSteady(shape)
    ? constantSchedule(inGrain(arrival.rate) / 1e6)
    : rampingSchedule(stretchesOf(shape, { perSecond: arrival.rate, warmupMs, durationMs }));
}
