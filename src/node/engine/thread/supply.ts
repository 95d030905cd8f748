import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Pace } from "../messages.ts";
import { dueAtMs } from "../schedule.ts";
import type { Clock } from "./clock.ts";
import type { Lane } from "./lane.ts";
import type { PreparedRequest } from "./prepare.ts";

/** What gives a lane its requests: the schedule, or the answers before. */
export interface Supply {
  /** Sends whatever can and should be sent now. */
  pump(): void;
  onRoom(after: "answer" | "failure"): void;
  /** Sends no more. */
  stop(): void;
  /** Whether there is nothing left to send. */
  readonly over: boolean;
  /** Requests that had to wait for a connection. */
  readonly waited: number;
  /** Gives up requests that are due and were not sent. @returns how many */
  giveUp(): { readonly warmup: number; readonly measured: number };
}

export interface SupplyMeans {
  readonly lane: Lane;
  readonly clock: Clock;
  readonly requests: readonly PreparedRequest[];
  readonly plan: LoadPlan;
  readonly index: number;
  readonly threads: number;
}

/** Open loop: each request is due at its time. When no connection is free it stays due, and goes out on the next that is. */
export function supplyAsDue(means: SupplyMeans, pace: Pace, target: number): Supply {
  const { lane, clock, requests, plan, index, threads } = means;
  let next = index;
  let count = pace.count;
  let waited = 0;
  let waitingUpTo = -1;
  const dueAt = (n: number): number => dueAtMs(pace, target, n);
  const pump = (): void => {
    const now = clock();
    while (next < count && dueAt(next) <= now) {
      const request = requests[next % requests.length];
      if (request === undefined || !lane.send(request, dueAt(next))) break;
      if (next <= waitingUpTo) waited += 1;
      next += threads;
    }
    if (next < count && dueAt(next) <= now) waitingUpTo = lastDueBy(now);
  };
  const lastDueBy = (now: number): number => Math.floor(now * pace.perMs - target / pace.targets);
  return {
    pump,
    onRoom: pump,
    stop() {
      count = 0;
    },
    get over() {
      return next >= count;
    },
    get waited() {
      return waited;
    },
    giveUp() {
      const lost = { warmup: 0, measured: 0 };
      for (; next < count; next += threads) lost[dueAt(next) < plan.warmupMs ? "warmup" : "measured"] += 1;
      return lost;
    },
  };
}

/** After a connection that failed, before the next is tried: a closed loop against a closed port would else be a flood. */
const restMs = 50;

/** Closed loop: as many requests at a time as there are connections, each followed by the next. */
export function supplyInTurn(means: SupplyMeans, connections: number): Supply {
  const { lane, clock, requests, plan } = means;
  const endMs = plan.warmupMs + plan.durationMs;
  let next = means.index;
  let resting = 0;
  let stopped = false;
  const pump = (): void => {
    while (lane.underWay + resting < connections && !stopped && clock() < endMs) {
      const request = requests[next % requests.length];
      if (request === undefined || !lane.send(request, null)) return;
      next += means.threads;
    }
  };
  return {
    pump,
    onRoom(after) {
      if (after === "answer") return pump();
      resting += 1;
      setTimeout(() => {
        resting -= 1;
        pump();
      }, restMs);
    },
    stop() {
      stopped = true;
    },
    get over() {
      return stopped || clock() >= endMs;
    },
    waited: 0,
    giveUp: () => ({ warmup: 0, measured: 0 }),
  };
}
