import { blockNumberAt, isWarmup } from "#core/plan/block-order.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Pace } from "../messages.ts";
import { dueAtMs, lastDueBy } from "../schedule.ts";
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
  const row = plan.blocks === undefined ? target : 0;
  let next = index;
  let count = pace.count;
  let waited = 0;
  let waitingUpTo = -1;
  let block = -1;
  const dueAt = (n: number): number => dueAtMs(pace, row, n);
  const advance = (): void => {
    next += threads;
    skipOthers();
  };
  /** In blocks: goes on to what is due at this target. */
  const skipOthers = (): void => {
    if (plan.blocks === undefined) return;
    while (next < count && plan.blocks.order[blockNumberAt(plan.blocks, dueAt(next))] !== target) next += threads;
  };
  /** A block begins on connections of its own, opened in its head, as many as keep what comes at once from opening more. */
  const enterBlock = (n: number): void => {
    if (plan.blocks === undefined) return;
    const entered = blockNumberAt(plan.blocks, dueAt(n));
    const inHead = (plan.blocks.headMs * pace.perMs) / threads;
    if (entered !== block) lane.renew(Math.min(blockConnectionsMax, Math.max(1, Math.floor(inHead / 2))));
    block = entered;
  };
  const pump = (): void => {
    const now = clock();
    while (next < count && dueAt(next) <= now) {
      const request = requests[next % requests.length];
      enterBlock(next);
      if (request === undefined || !lane.send(request, dueAt(next))) break;
      if (next <= waitingUpTo) waited += 1;
      advance();
    }
    if (next < count && dueAt(next) <= now) waitingUpTo = lastDueBy(pace, row, now);
  };
  skipOthers();
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
      for (; next < count; advance()) lost[isWarmup(plan, dueAt(next)) ? "warmup" : "measured"] += 1;
      return lost;
    },
  };
}

/** Of a block, by one thread to its target, before it needs more. */
const blockConnectionsMax = 10;
