import type { Exchange } from "#core/observations/exchange.ts";
import { findAge } from "./find-age.ts";
import { findIdle } from "./find-idle.ts";
import { findRequests } from "./find-requests.ts";
import type { Findings } from "./measured.ts";

/** What the exchanges of a run show of the connections to one target. */
export function findingsOf(exchanges: readonly Exchange[], target: string): Findings {
  const of = (check: string) => exchanges.filter((one) => one.target === target && one.check === check);
  return {
    idle: findIdle(of("idle-connections-live-as-expected")),
    age: findAge(of("connections-age-as-expected")),
    requests: findRequests(of("request-limit-is-announced")),
  };
}
