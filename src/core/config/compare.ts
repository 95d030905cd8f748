import { defaultPrincipal } from "#core/targets/access.ts";
import { minutes, ms, perSecond } from "#core/units.ts";
import type { CompareSettings, Limits } from "./config.ts";
import { object, optional, type Values, withDefault } from "./object.ts";
import { pricesShape } from "./prices.ts";
import { knownPrincipal, principalName, principalNote } from "./principal-name.ts";
import { duration, rate, showDuration, showRate } from "./quantity.ts";
import { complaintsOf, ok, type Read, refuse } from "./shape.ts";

const fields = {
  rate: optional(rate("50/s"), "Per target; 50/s unless said otherwise."),
  duration: optional(duration("10m"), "How long all targets are asked in turn; 10m unless said otherwise."),
  margin: optional(duration("2ms"), "Differences within it count as equivalent; 2ms unless said otherwise."),
  principal: withDefault(principalName, defaultPrincipal, principalNote, defaultPrincipal),
  prices: optional(pricesShape, "Prices in place of the list prices of us-east-1, for the cost of each path."),
};

export const compareShape = object(fields);

/**
 * What is not written is the default, or the guard rail where that is lower.
 *
 * @param principals names, `default` among them
 */
export function compareSettings(
  written: Values<typeof fields> | null,
  { maxRate, maxDurationMs }: Limits,
  principals: readonly string[],
): Read<CompareSettings> {
  const settings = {
    rate: written?.rate ?? perSecond(Math.min(50, maxRate)),
    durationMs: written?.duration ?? ms(Math.min(minutes(10), maxDurationMs)),
    marginMs: written?.margin ?? ms(2),
    principal: written?.principal ?? defaultPrincipal,
    prices: written?.prices ?? null,
  };
  const wrong = complaintsOf([
    settings.rate > maxRate ? refuse(["compare", "rate"], `${showRate(maxRate)} at most (limits.maxRate)`) : ok(null),
    settings.durationMs > maxDurationMs
      ? refuse(["compare", "duration"], `${showDuration(maxDurationMs)} at most (limits.maxDuration)`)
      : ok(null),
    knownPrincipal(settings.principal, ["compare", "principal"], principals),
  ]);
  return wrong ?? ok(settings);
}
