import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import type { Ms } from "#core/units.ts";
import type { Settings } from "./settings.ts";
import type { Shape } from "./shape.ts";

/** What a load does with its rate and its targets, as data that both engines read: the scenarios that come along. */
export interface Scenario {
  /** How the rate, or the connections, go over the measured time. */
  readonly shape: Shape;
  /** What a target is asked, one after the other and from the beginning again. At least one. */
  asks(target: PlannedTarget, settings: Settings): readonly Ask[];
  /** Of a target's connections, where the config gives none. Absent: they are kept for ever. */
  lifetimeMs?(durationMs: Ms): Ms;
  /** Absent: the load's rate, or each connection asking again once it is answered. */
  rests?(settings: Settings, durationMs: Ms): Rests;
  /** Why a target cannot take part; null when it can. Absent: all can. */
  unfit?(target: PlannedTarget): string | null;
}

/** One request of a turn. */
export interface Ask {
  readonly request: TargetRequest;
  readonly auth: "iam" | "none";
  /** Of the whole request. */
  readonly timeoutMs: Ms;
}

/** Each connection asks so many times in a row, rests, and goes on. A rate then only says how many connections. */
export interface Rests {
  readonly burst: number;
  /** How long between two bursts on a connection. @param n other than its neighbours' on other connections */
  gapMs(target: PlannedTarget, n: number): number;
  /** Up to so much longer, at random, and before the first: so that not all begin at once. */
  readonly staggerMs: number;
}
