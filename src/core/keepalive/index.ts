import type { Check } from "#core/checks/check.ts";
import { perSecond } from "#core/units.ts";
import * as registry from "./checks/registry.ts";
import type { KeepaliveSettings } from "./settings.ts";

export const defaultSettings: KeepaliveSettings = {
  maxIdleMs: null,
  precise: false,
  maxAgeMs: null,
  maxRequests: 120,
  maxRate: perSecond(2000),
};

/** What `keepalive` asks beyond whether a connection is reused at all. */
export const keepaliveChecks = (settings: KeepaliveSettings): readonly Check[] =>
  Object.values(registry).map((make) => make(settings));
