import type { Target } from "#core/targets/target.ts";
import type { Rung } from "#core/targets/timeout-ladder.ts";
import { showMs } from "#core/units.ts";

/** `the caller`, `API Gateway`, `the function`: a part of a path as a subject. */
export function namePart({ part }: Pick<Rung, "part">, { kind }: Pick<Target, "kind">): string {
  switch (part) {
    case "client":
      return "the caller";
    case "proxy":
      return "the proxy before the front";
    case "integration":
      return `the front (${kind.title})`;
    case "function":
      return "the function";
  }
}

/** `the caller waits 10 s (config)`. */
export const sayRung = (rung: Rung, target: Pick<Target, "kind">): string =>
  `${namePart(rung, target)} ${rung.part === "function" ? "may run" : "waits"} ${showMs(rung.waitsMs)} (${rung.published?.source ?? "by the config"})`;
