import type { Supply, SupplyMeans } from "./supply.ts";

/** After a connection that failed, before the next is tried: a closed loop against a closed port would else be a flood. */
export const restMs = 50;

/**
 * Closed loop: as many requests at a time as there are connections, each followed by the next.
 *
 * @param connectionsAt how many, at a time since the load began
 */
export function supplyInTurn(means: SupplyMeans, connectionsAt: (nowMs: number) => number): Supply {
  const { lane, clock, requests, plan } = means;
  const endMs = plan.warmupMs + plan.durationMs;
  let next = means.index;
  let resting = 0;
  let stopped = false;
  const mayGoOn = (): boolean => {
    const now = clock();
    return !stopped && now < endMs && lane.underWay + resting < connectionsAt(now);
  };
  const pump = (): void => {
    while (mayGoOn()) {
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
