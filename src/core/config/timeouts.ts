import type { Timeouts } from "#core/targets/timeouts.ts";
import { object, optional, type Values } from "./object.ts";
import { duration } from "./quantity.ts";

const fields = {
  client: optional(duration("30s"), "How long callers of this path wait for an answer before they give up."),
  proxy: optional(duration("60s"), "How long what stands between callers and the front waits: a proxy, a sidecar."),
  integration: optional(
    duration("29s"),
    "How long the front waits for what stands behind it; as published for the kind unless said.",
  ),
  function: optional(duration("15s"), "The function's own timeout: Lambda ends it then."),
  idle: optional(
    duration("60s"),
    "After which the front ends an idle connection; as published for the kind unless said.",
  ),
  lifetime: optional(
    duration("10m"),
    "The age at which the front ends a connection, however busy; as published for the kind unless said.",
  ),
};

export const timeoutsShape = object(fields);

/** What a config declares. */
export const timeoutsOf = (written: Values<typeof fields> | null): Timeouts => ({
  clientMs: written?.client ?? null,
  proxyMs: written?.proxy ?? null,
  integrationMs: written?.integration ?? null,
  functionMs: written?.function ?? null,
  idleMs: written?.idle ?? null,
  lifetimeMs: written?.lifetime ?? null,
});
