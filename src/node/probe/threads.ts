import type { Exchange } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import type { Means } from "./means.ts";
import { performStep } from "./perform-step.ts";
import { triedOf } from "./tried-addresses.ts";
import type { Wire } from "./wire.ts";
import { startBudget } from "./within.ts";

/** Lets few do something at a time. */
export type Limit = <T>(run: () => Promise<T>) => Promise<T>;

/** Steps that follow each other, and where they lead. */
export interface Thread {
  /** Whether it is one of several. */
  readonly named: boolean;
  readonly target: Target;
  readonly steps: readonly Step[];
  /** Addresses that have no thread. */
  readonly leftOut: number;
}

/** The threads of a script, in its order; see `Step.thread`. */
export async function spinThreads(means: Means, target: Target, steps: readonly Step[]): Promise<readonly Thread[]> {
  const byName = new Map<string | undefined, Step[]>();
  for (const step of steps) byName.set(step.thread, [...(byName.get(step.thread) ?? []), step]);
  const forks = [...byName].map(([name, own]): (() => Promise<readonly Thread[]>) =>
    name !== undefined && own[0]?.address === "each"
      ? () => oneAnAddress(means, target, own)
      : async () => [{ named: name !== undefined, target, steps: own, leftOut: 0 }],
  );
  return (await Promise.all(forks.map((fork) => fork()))).flat();
}

/** Where the name does not resolve it stays one thread, whose first step will say so. */
async function oneAnAddress(
  { names, stop }: Means,
  target: Target,
  steps: readonly Step[],
): Promise<readonly Thread[]> {
  const { addresses } = await names.resolve(target, startBudget(target.deadlines.totalMs, stop), false);
  if (addresses.kind === "failed") return [{ named: true, target, steps, leftOut: 0 }];
  const own = steps.map((step): Step => ({ ...step, address: "any" }));
  const { addresses: tried, leftOut } = triedOf(addresses.value);
  return tried.map((address) => ({ named: true, target: { ...target, pinned: [address] }, steps: own, leftOut }));
}

/**
 * Performs the steps one after the other; ends early where a step asks for a kept socket and none is left.
 *
 * @param begin lets few of many threads make their first step at a time: a burst of them would read answers late, and call
 * silences shorter than they were
 */
export async function performThread(
  means: Means,
  check: string,
  { named, target, steps, leftOut }: Thread,
  begin: Limit,
): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  let kept: readonly Wire[] = [];
  for (const step of steps) {
    if (step.socket.kind === "kept" && step.socket.ifGone === "end" && kept.length === 0) break;
    const perform = () => performStep(means, { target, check, step, kept, leftOut });
    const done = await (named && step === steps[0] ? begin(perform) : perform());
    for (const wire of kept) if (!done.wires.includes(wire)) wire.close();
    kept = done.wires;
    exchanges.push(...done.exchanges);
  }
  for (const wire of kept) wire.close();
  return exchanges;
}
