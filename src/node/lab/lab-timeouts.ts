import { findKind } from "#core/targets/index.ts";
import { functionTimeoutMs } from "./app/run-function.ts";
import type { Effects } from "./fault.ts";
import type { LabTarget } from "./world.ts";

/** The timeouts along a target's path, for its config; those that are published, only where time is scaled and they are others. */
export function timeoutsEntry({ kind }: LabTarget, effects: Effects, timeScale: number) {
  const record = findKind(kind);
  const [form] = record?.events ?? [];
  if (record === null || form === undefined) return {};
  const { request, idle, lifetime } = record.timers;
  // A front that gives up by itself is what cuts off; else the function's own timeout is.
  const functionMs = form === "direct" || request === null ? functionTimeoutMs(form) : null;
  const innerMs = functionMs ?? request?.value ?? 0;
  const timeouts = {
    client: effects.config === "timeouts-inverted" ? innerMs / 2 : innerMs * 1.5,
    integration: timeScale === 1 || functionMs !== null ? null : innerMs,
    function: functionMs,
    idle: timeScale === 1 || idle === null ? null : idle.value,
    lifetime: timeScale === 1 || lifetime === null ? null : lifetime.value,
  };
  const written = Object.entries(timeouts).flatMap(([name, value]) =>
    value === null ? [] : [[name, `${Number((value * timeScale).toFixed(3))}ms`]],
  );
  return { timeouts: Object.fromEntries(written) };
}
