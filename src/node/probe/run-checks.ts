import pLimit, { type LimitFunction } from "p-limit";
import { roundsMax } from "#core/checks/check.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import { gate, reachable, type Standing, standing } from "#core/plan/gate.ts";
import { doesNotApply, interruptedBefore, judge, notAsked, ownMistake, resultOf } from "#core/plan/judge-check.ts";
import type { PlannedCheck } from "#core/plan/plan-checks.ts";
import type { Target } from "#core/targets/target.ts";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import type { Verdict } from "#core/verdicts/verdict.ts";
import { createBeginners } from "./beginners.ts";
import { createTurns, type Turns } from "./turns.ts";

/** Performs a script on the wire: what the world does is in the exchanges. `Probe.perform` is one. */
export type Perform = (target: Target, check: string, steps: readonly Step[]) => Promise<readonly Exchange[]>;

export interface RunOptions {
  /** Scripts under way at a time, all targets together. They mostly wait, so many may. */
  readonly concurrency?: number;
  /** The same at one target: a check is no load test, and a burst of handshakes would be measured as slowness. */
  readonly concurrencyPerTarget?: number;
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
const perTargetDefault = 4;

/** What the checks of one target share. */
interface Site {
  readonly turns: Turns;
  readonly limit: LimitFunction;
  readonly settled: Map<string, Promise<Settled>>;
}

// A script on loopback takes some milliseconds of processor time on either side.
const beginnersAtATime = 24;
const youngMs = 250;

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
  {
    concurrency = concurrencyDefault,
    concurrencyPerTarget = perTargetDefault,
    signal,
    onExchange,
    onVerdict,
  }: RunOptions = {},
): Promise<ChecksRun> {
  const limit = pLimit(concurrency);
  const begin = createBeginners(beginnersAtATime, youngMs);
  const sites = new Map<string, Site>();
  let done = 0;

  const ask = async (planned: PlannedCheck, before: Extract<Standing, { kind: "open" }>) => {
    if (signal?.aborted) return { exchanges: [], verdict: interruptedBefore };
    const { target, check } = planned;
    try {
      const exchanges: Exchange[] = [];
      let { steps } = planned;
      for (let round = 0; steps.length > 0 && round <= roundsMax && signal?.aborted !== true; round++) {
        const seen = await perform(reachable(target, before), check.id, steps);
        for (const exchange of seen) onExchange?.(exchange);
        exchanges.push(...seen);
        steps = planned.more(exchanges);
      }
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

  const settle = async (planned: PlannedCheck, needs: readonly Promise<Settled>[], site: Site): Promise<Settled> => {
    const before = gate((await Promise.all(needs)).map((need) => need.standing));
    const without = (verdict: Verdict) => end(planned, before, { exchanges: [], verdict });
    if (planned.skipped !== null) return without(doesNotApply(planned.skipped));
    if (signal?.aborted) return without(interruptedBefore);
    if (before.kind === "shut") return without(notAsked(before.by));
    const run = () => site.limit(() => limit(() => begin(() => ask(planned, before))));
    return end(planned, before, await (planned.check.alone ? site.turns.alone(run) : site.turns.together(run)));
  };

  // A plan has what is needed before what needs it, so every promise asked for is there already.
  const settled = plan.map((planned) => {
    const { id } = planned.target;
    const site = sites.get(id) ?? { turns: createTurns(), limit: pLimit(concurrencyPerTarget), settled: new Map() };
    sites.set(id, site);
    const needs = planned.needs.flatMap((need) => site.settled.get(need) ?? []);
    const promise = settle(planned, needs, site);
    site.settled.set(planned.check.id, promise);
    return promise;
  });
  const results = (await Promise.all(settled)).map(({ result }) => result);
  return { results, interrupted: signal?.aborted === true };
}
