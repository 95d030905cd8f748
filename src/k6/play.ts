import type { Options } from "k6/options";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { played, whyUnfit } from "#core/scenarios/played.ts";
import { scenarioNamed, type scenarios } from "#core/scenarios/registry.ts";
import type { Ask, Rests, Scenario } from "#core/scenarios/scenario.ts";
import { readSettings } from "#core/scenarios/settings.ts";
import { refreshing } from "./credentials.ts";
import { iteration } from "./iteration.ts";
import { connectionsOnly, workload } from "./options.ts";
import { plan } from "./plan.ts";
import { rest } from "./rest.ts";
import { send } from "./send.ts";
import { atTurn } from "./variants.ts";

/** What k6 wants of a script. */
export interface Played {
  readonly options: Options;
  /** Its default function. */
  readonly iterate: () => void | Promise<void>;
}

const settings = readSettings(__ENV);

/**
 * Plays a scenario that comes along, as the Node engine does from the same data.
 *
 * @throws Error where a target cannot take part
 */
export function play(name: keyof typeof scenarios): Played {
  const scenario = mustBeKnown(name);
  const why = whyUnfit({ targets: plan.targets, scenario: name }, scenario);
  if (why !== null) throw new Error(why);
  const rests = scenario.rests?.(settings, plan.durationMs);
  return rests === undefined ? atItsPace(scenario) : inBursts(scenario, rests);
}

function atItsPace(scenario: Scenario): Played {
  const { shape } = scenario;
  const partOf = createParts(scenario);
  const iterate = iteration(({ target: { id }, number }) => {
    const { target, asks } = partOf(id);
    const ask = atTurn(asks, number);
    send(target, ask.request, ask);
  }, shape);
  return { options: workload(shape), iterate };
}

function inBursts(scenario: Scenario, { burst, gapMs, staggerMs }: Rests): Played {
  const partOf = createParts(scenario);
  const iterate = iteration(async (turn) => {
    rest(turn, Math.random() * staggerMs);
    await refreshing();
    const { target, asks } = partOf(turn.target.id);
    for (let count = 0; count < burst; count += 1) {
      const ask = atTurn(asks, turn.number + count);
      send(target, ask.request, ask);
    }
    rest(turn, gapMs(target, turn.number));
  });
  return { options: connectionsOnly(), iterate };
}

/** A target's part in a scenario. */
interface Part {
  readonly target: PlannedTarget;
  readonly asks: readonly Ask[];
}

/** Made when first asked for: a virtual user has to do with one target, and bodies may be large. */
function createParts(scenario: Scenario): (id: string) => Part {
  const parts = new Map<string, Part>();
  return (id) => {
    const known = parts.get(id);
    if (known !== undefined) return known;
    const target = played(plan, scenario).targets.find((one) => one.id === id);
    if (target === undefined) throw new Error(`the plan has no target ${JSON.stringify(id)}`);
    const part = { target, asks: scenario.asks(target, settings) };
    parts.set(id, part);
    return part;
  };
}

function mustBeKnown(name: string): Scenario {
  const scenario = scenarioNamed(name);
  if (scenario === null) throw new Error(`no scenario ${JSON.stringify(name)} comes along`);
  return scenario;
}
