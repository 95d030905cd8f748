import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Rests } from "#core/scenarios/scenario.ts";
import type { Supply, SupplyMeans } from "./supply.ts";
import { restMs } from "./supply-in-turn.ts";

export interface BurstMeans extends SupplyMeans {
  readonly target: PlannedTarget;
  /** The connection's, of all that there are. */
  readonly connection: number;
  readonly connections: number;
}

/** One connection that asks some times in a row, rests, and asks again. Its lane has room for no other. */
export function supplyInBursts(means: BurstMeans, { burst, gapMs, staggerMs }: Rests): Supply {
  const { lane, clock, requests, plan, target, connections } = means;
  const endMs = plan.warmupMs + plan.durationMs;
  /** Of the burst, over all connections. */
  let number = means.connection;
  let asked = 0;
  let begun = false;
  let stopped = false;
  const isOver = (): boolean => stopped || clock() >= endMs;
  const ask = (): void => {
    const request = requests[(number + asked) % requests.length];
    if (isOver() || request === undefined) return;
    asked += 1;
    lane.send(request, null);
  };
  const rest = (forMs: number): void => {
    asked = 0;
    setTimeout(ask, forMs + Math.random() * staggerMs);
  };
  return {
    pump() {
      if (!begun) rest(0);
      begun = true;
    },
    onRoom(after) {
      if (asked === burst) {
        number += connections;
        rest(gapMs(target, number));
      } else if (after === "answer") ask();
      else setTimeout(ask, restMs);
    },
    stop() {
      stopped = true;
    },
    get over() {
      return isOver();
    },
    waited: 0,
    giveUp: () => ({ warmup: 0, measured: 0 }),
  };
}
