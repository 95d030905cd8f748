import { idleThenBurst } from "./idle-then-burst.ts";
import { mixedAuth } from "./mixed-auth.ts";
import { payloadSizes } from "./payload-sizes.ts";
import { rampToLimit } from "./ramp-to-limit.ts";
import type { Scenario } from "./scenario.ts";
import { soak } from "./soak.ts";
import { spike } from "./spike.ts";
import { staleWindow } from "./stale-window.ts";
import { steady } from "./steady.ts";
import { steadySigned } from "./steady-signed.ts";
import { steadyUnsigned } from "./steady-unsigned.ts";
import { timeouts } from "./timeouts.ts";

/** By the name that a load gives. */
export const scenarios = {
  "idle-then-burst": idleThenBurst,
  "mixed-auth": mixedAuth,
  "payload-sizes": payloadSizes,
  "ramp-to-limit": rampToLimit,
  soak,
  spike,
  "stale-window": staleWindow,
  steady,
  "steady-signed": steadySigned,
  "steady-unsigned": steadyUnsigned,
  timeouts,
} as const satisfies Readonly<Record<string, Scenario>>;

const byName: ReadonlyMap<string, Scenario> = new Map(Object.entries(scenarios));

/** Null for a user's own, which only k6 can run. */
export const scenarioNamed = (name: string): Scenario | null => byName.get(name) ?? null;
