import pLimit from "p-limit";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import { gate, reachable, type Standing, standing } from "#core/plan/gate.ts";
import { doesNotApply, interruptedBefore, judge, notAsked, ownMistake, resultOf } from "#core/plan/judge-check.ts";
import type { PlannedCheck } from "#core/plan/plan-checks.ts";
import type { Target } from "#core/targets/target.ts";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import type { Verdict } from "#core/verdicts/verdict.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Performs a script on the wire: what the world does is in the exchanges. `Probe.perform` is one. */
export type Perform = (target: Target, check: string, steps: readonly Step[]) => Promise<readonly Exchange[]>;

export interface RunOptions {
  /** Scripts under way at a time, all targets together. They mostly wait, so many may. */
  readonly concurrency?: number;
  /** Aborted, no further script begins; `perform` is expected to end those under way. */
  readonly signal?: AbortSignal;
  /** Called with every exchange as soon as its script has ended; it is not kept afterwards. */
  onExchange?(exchange: Exchange): void;
  onVerdict?(result: CheckResult, progress: Progress): void;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface ChecksRun {
  /** In the order of the plan, one for each of its checks. */
  readonly results: readonly CheckResult[];
  readonly interrupted: boolean;
}

export const concurrencyDefault = 256;

interface Settled {
  readonly result: CheckResult;
  readonly standing: Standing;
}

/**
 * Carries out a plan: each check as soon as those it needs have passed, targets side by side. Never rejects: whatever fails,
 * the other checks keep their results.
 */
export async function runChecks(
  plan: readonly PlannedCheck[],
  perform: Perform,
  { concurrency = concurrencyDefault, signal, onExchange, onVerdict }: RunOptions = {},
): Promise<ChecksRun> {
  const limit = pLimit(concurrency);
  const targets = new Map<string, { readonly turns: Turns; readonly settled: Map<string, Promise<Settled>> }>();
  let done = 0;

  const ask = async ({ target, check, steps }: PlannedCheck, before: Extract<Standing, { kind: "open" }>) => {
    if (signal?.aborted) return { exchanges: [], verdict: interruptedBefore };
    try {
      const exchanges = await perform(reachable(target, before), check.id, steps);
      for (const exchange of exchanges) onExchange?.(exchange);
      return { exchanges, verdict: judge(check, exchanges, target) };
    } catch (error) {
      return { exchanges: [], verdict: ownMistake(error) };
    }
  };

  const end = (
    { check, target }: PlannedCheck,
    before: Standing,
    { exchanges, verdict }: { readonly exchanges: readonly Exchange[]; readonly verdict: Verdict },
  ): Settled => {
    const result = resultOf(check, target, verdict, verdict.kind === "skipped" ? [] : exchanges);
    done += 1;
    onVerdict?.(result, { done, total: plan.length });
    return { result, standing: standing(check, verdict, exchanges, target, before) };
  };

  const settle = async (planned: PlannedCheck, needs: readonly Promise<Settled>[], turns: Turns): Promise<Settled> => {
    const before = gate((await Promise.all(needs)).map((need) => need.standing));
    const without = (verdict: Verdict) => end(planned, before, { exchanges: [], verdict });
    if (planned.skipped !== null) return without(doesNotApply(planned.skipped));
    if (signal?.aborted) return without(interruptedBefore);
    if (before.kind === "shut") return without(notAsked(before.by));
    const run = () => limit(() => ask(planned, before));
    return end(planned, before, await (planned.check.alone ? turns.alone(run) : turns.together(run)));
  };

  // A plan has what is needed before what needs it, so every promise asked for is there already.
  const settled = plan.map((planned) => {
    const ofTarget = targets.get(planned.target.id) ?? { turns: createTurns(), settled: new Map() };
    targets.set(planned.target.id, ofTarget);
    const needs = planned.needs.flatMap((id) => ofTarget.settled.get(id) ?? []);
    const promise = settle(planned, needs, ofTarget.turns);
    ofTarget.settled.set(planned.check.id, promise);
    return promise;
  });
  const results = (await Promise.all(settled)).map(({ result }) => result);
  return { results, interrupted: signal?.aborted === true };
}
