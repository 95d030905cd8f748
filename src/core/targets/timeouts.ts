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
}

export const noTimeouts: Timeouts = {
  clientMs: null,
  proxyMs: null,
  integrationMs: null,
  functionMs: null,
  idleMs: null,
};

/** After how long the front is said to end an idle connection: by the config, or by the kind's facts. */
export const idleTimerOf = ({ kind, timeouts }: Pick<Target, "kind" | "timeouts">): Ms | null =>
  timeouts.idleMs ?? kind.timers.idle?.value ?? null;
