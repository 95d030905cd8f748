import type { Arrival, LoadPlan } from "#core/plan/load-plan.ts";
import { scenarioNamed, scenarios } from "./registry.ts";
import type { Scenario } from "./scenario.ts";

/** What an engine plays that knows no scripts. A plan without a scenario of ours, as a comparison's, is steady. */
export const scenarioOf = ({ scenario }: LoadPlan): Scenario => scenarioNamed(scenario) ?? scenarios.steady;

/** The plan as the scenario has it: connections only, where it sets its own pace, and none of them older than it says. */
export const played = (plan: LoadPlan, scenario: Scenario): LoadPlan => ({
  ...plan,
  arrival: scenario.rests === undefined ? plan.arrival : { kind: "closed", connections: connectionsFor(plan.arrival) },
  targets: plan.targets.map((target) => ({
    ...target,
    connection: {
      ...target.connection,
      ageMsMax: target.connection.ageMsMax ?? scenario.lifetimeMs?.(plan.durationMs) ?? null,
    },
  })),
});

const connectionsMax = 50;

/** Of a scenario that sets its own pace: those of a closed loop, else a tenth of the rate. */
export const connectionsFor = (arrival: Arrival): number =>
  arrival.kind === "closed" ? arrival.connections : Math.ceil(Math.min(Math.max(arrival.rate / 10, 1), connectionsMax));

/** Why the scenario cannot be played at these targets; null when it can. */
export function whyUnfit(
  { targets, scenario: name }: Pick<LoadPlan, "targets" | "scenario">,
  scenario: Scenario,
): string | null {
  const complaints = targets.flatMap((target) => {
    const why = scenario.unfit?.(target) ?? null;
    return why === null ? [] : [`${target.id}: ${why}`];
  });
  return complaints.length === 0 ? null : `the scenario ${name} cannot be run: ${complaints.join("; ")}`;
}
