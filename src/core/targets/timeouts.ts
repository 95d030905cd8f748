import { type Fact, fact } from "#core/facts.ts";
import type { Ms } from "#core/units.ts";
import type { Target } from "./target.ts";

/** How long each part of a path waits, as the config declares it; null where it does not say. */
export interface Timeouts {
  /** Callers, for an answer. */
  readonly clientMs: Ms | null;
  /** What stands between callers and the front. */
  readonly proxyMs: Ms | null;
  /** The front, for what stands behind it. */
  readonly integrationMs: Ms | null;
  /** The function may run so long. */
  readonly functionMs: Ms | null;
  /** The front, for the next request on a connection. */
  readonly idleMs: Ms | null;
  /** The front lets a connection become so old, however busy it is. */
  readonly lifetimeMs: Ms | null;
}

export const noTimeouts: Timeouts = {
  clientMs: null,
  proxyMs: null,
  integrationMs: null,
  functionMs: null,
  idleMs: null,
  lifetimeMs: null,
};

/** After how long the front is said to end an idle connection: by the config, or by the kind's facts. */
export const idleTimerOf = ({ kind, timeouts }: Pick<Target, "kind" | "timeouts">): Ms | null =>
  timeouts.idleMs ?? kind.timers.idle?.value ?? null;

type Declared = Pick<Target, "kind" | "timeouts">;

/** The same with where it is said; null where nobody says. */
export const expectedIdle = ({ kind, timeouts }: Declared): Fact<Ms> | null =>
  declared(timeouts.idleMs, "idle") ?? kind.timers.idle;

/** The age at which the front is said to end a connection. */
export const expectedLifetime = ({ kind, timeouts }: Declared): Fact<Ms> | null =>
  // Runs saved by the first versions do not have it.
  declared(timeouts.lifetimeMs ?? null, "lifetime") ?? kind.timers.lifetime;

const declared = (value: Ms | null, name: string): Fact<Ms> | null =>
  value === null ? null : fact(value, "doc", `timeouts.${name} of the config`);
