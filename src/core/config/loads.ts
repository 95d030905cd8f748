import { defaultPrincipal } from "#core/targets/access.ts";
import { ms } from "#core/units.ts";
import { ids, list, type Named, oneOrMore, record } from "./collection.ts";
import type { Limits, Load } from "./config.ts";
import { object, optional, required, type Values, withDefault } from "./object.ts";
import { knownPrincipal, principalName, principalNote } from "./principal-name.ts";
import type { Path } from "./problem.ts";
import { duration, rate, showDuration, showRate } from "./quantity.ts";
import { choice, text, whole } from "./scalar.ts";
import { complaintsOf, ok, type Read, refuse } from "./shape.ts";
import { oneOf, perhaps } from "./suggest.ts";
import { threshold } from "./threshold.ts";

const targetId = text({
  expected: "a target's name",
  pattern: /^[^\u0000-\u001f\u007f]+$/,
  example: "orders",
});

const scenario = text({
  expected: 'the name of a file in scenarios/ without its ending, such as "steady"',
  pattern: /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
  example: "steady",
});

const fields = {
  engine: withDefault(choice("k6", "node"), "node", "What makes the load: k6 or pathproof's own Node runner.", "node"),
  targets: required(oneOrMore(targetId, "targets' names"), "The targets under load, each with all of the rate."),
  rate: optional(rate("200/s"), "Open loop: requests are due at this rate, whatever becomes of those before."),
  connections: optional(
    whole(1, 10_000),
    "Closed loop, in place of `rate`: this many connections, each asking again once it is answered.",
  ),
  duration: required(duration("5m"), "How long it is measured."),
  warmup: withDefault(duration("30s", { zero: true }), ms(0), "Sent before, and not counted.", "0s"),
  scenario: withDefault(
    scenario,
    "steady",
    "One that comes along, for both engines, or scenarios/NAME.ts, for k6.",
    "steady",
  ),
  principal: withDefault(principalName, defaultPrincipal, principalNote, defaultPrincipal),
  thresholds: optional(list(threshold, "thresholds"), "What must hold for the run to pass."),
};

const written = object(fields);
export const loadsShape = record(ids("load"), written, null);
export type WrittenLoad = Values<typeof fields>;

export interface LoadSurroundings {
  readonly targetIds: readonly string[];
  /** Names, `default` among them. */
  readonly principals: readonly string[];
  readonly limits: Limits;
}

/** A load, as far as targets and guard rails let it run. */
export function checkLoad({ name, value: load }: Named<WrittenLoad>, around: LoadSurroundings): Read<Load> {
  const path = ["loads", name];
  const arrival = arrivalOf(load, path);
  const wrong = complaintsOf([
    arrival,
    knownTargets(load.targets, [...path, "targets"], around.targetIds),
    knownPrincipal(load.principal, [...path, "principal"], around.principals),
    withinLimits(load, path, around.limits),
  ]);
  if (wrong !== null) return wrong;
  if (arrival.kind !== "ok") return arrival;
  return ok({
    name,
    engine: load.engine,
    targets: load.targets,
    arrival: arrival.value,
    durationMs: load.duration,
    warmupMs: load.warmup,
    scenario: load.scenario,
    principal: load.principal,
    thresholds: load.thresholds ?? [],
  });
}

/** Each of its connections waits for what is measured. */
const setsItsPace: readonly string[] = ["stale-window"];

function arrivalOf({ rate, connections, scenario }: WrittenLoad, path: Path): Read<Load["arrival"]> {
  if (rate !== null && setsItsPace.includes(scenario))
    return refuse([...path, "rate"], `connections in place of rate, since ${scenario} sets a pace of its own`);
  if (rate !== null && connections !== null)
    return refuse([...path, "connections"], "either rate (open loop) or connections (closed loop)");
  if (rate !== null) return ok({ kind: "open", rate });
  if (connections !== null) return ok({ kind: "closed", connections });
  return refuse(path, 'rate (open loop, such as "200/s") or connections (closed loop, such as 50)', "neither");
}

function knownTargets(named: readonly string[], path: Path, known: readonly string[]): Read<null> {
  const reads = named.map((id, index) => {
    if (!known.includes(id))
      return refuse([...path, index], `the name of a target, one of ${oneOf(known)}${perhaps(id, known)}`);
    return named.indexOf(id) === index ? ok(null) : refuse([...path, index], "each target once");
  });
  return complaintsOf(reads) ?? ok(null);
}

function withinLimits({ rate, duration, warmup }: WrittenLoad, path: Path, limits: Limits): Read<null> {
  const { maxRate, maxDurationMs } = limits;
  const lasts = duration + warmup;
  return (
    complaintsOf([
      rate !== null && rate > maxRate
        ? refuse([...path, "rate"], `${showRate(maxRate)} at most (limits.maxRate)`)
        : ok(null),
      lasts > maxDurationMs
        ? refuse([...path, "duration"], `${showDuration(maxDurationMs)} at most, warm-up included (limits.maxDuration)`)
        : ok(null),
    ]) ?? ok(null)
  );
}
