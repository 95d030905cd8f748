import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadEnd } from "#core/plan/saved-load.ts";
import type { MachineFacts } from "#core/statistics/saturation.ts";
import type { Tally } from "#core/statistics/tally.ts";
import { showMs } from "#core/units.ts";
import type { Breach } from "#core/verdicts/early-end.ts";
import type { EngineOutcome } from "./engine.ts";

export interface Circumstances {
  readonly plan: LoadPlan;
  readonly tally: Tally;
  readonly breach: (Breach & { readonly atMs: number }) | null;
  readonly interrupted: boolean;
  readonly lost: string | null;
  readonly machine: MachineFacts;
}

/** How a load came to its end, and what of it keeps the load from passing. */
export function describeEnd(outcome: Exclude<EngineOutcome, { kind: "not-started" }>, around: Circumstances): LoadEnd {
  const { plan, breach, interrupted, lost, machine } = around;
  const { thrown, firstException, untagged, saturated, notes = [] } = outcome.facts;
  const whole = `of ${showMs(plan.warmupMs + plan.durationMs)}`;
  const troubles: readonly (readonly [reason: string, note: string] | null)[] = [
    interrupted ? ["the run was interrupted", `The run was interrupted after ${lastSent(around)} ${whole}.`] : null,
    outcome.kind === "failed"
      ? ["the load ended before its time", `The load ended after ${lastSent(around)} ${whole}. ${outcome.message}`]
      : null,
    breach === null
      ? null
      : [
          "the load was ended early",
          `The load was ended after ${lastSent(around)} ${whole}: ${breach.rule} at ${breach.target} was ${breach.why}.`,
        ],
    lost === null
      ? null
      : ["not all could be saved", `The load was ended after ${lastSent(around)} ${whole}: ${lost}.`],
    thrown === 0
      ? null
      : [
          `the scenario threw ${thrown} ${thrown === 1 ? "time" : "times"}`,
          `${thrown} ${thrown === 1 ? "iteration" : "iterations"} of the scenario ended in an exception${firstException === null ? "" : `, the first with: ${firstException}`}.`,
        ],
    untagged === 0
      ? null
      : [
          `${untagged} requests named no target`,
          `${untagged} requests bore no target's name and were counted nowhere: a scenario with several targets sends through send(), or sets the tag "target".`,
        ],
  ];
  return {
    complete: outcome.kind === "finished",
    reasons: [
      ...troubles.flatMap((trouble) => (trouble === null ? [] : [trouble[0]])),
      ...(saturated === true ? ["the generator was the bottleneck"] : []),
    ],
    notes: [...troubles.flatMap((trouble) => (trouble === null ? [] : [trouble[1]])), ...notes],
    ...machine,
    endedEarly:
      breach === null ? null : { target: breach.target, rule: breach.rule, why: breach.why, atMs: breach.atMs },
  };
}

const lastSent = ({ tally }: Circumstances): string =>
  showMs(Math.max(0, ...tally.targets.map(({ counts }) => counts.lastSentAtMs)));
