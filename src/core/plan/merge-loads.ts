import { perSecond } from "#core/units.ts";
import type { Arrival, LoadPlan } from "./load-plan.ts";
import type { LoadEnd, SavedLoad } from "./saved-load.ts";

/** A shard: a load that one of several machines made at the same time as the others. */
export interface Shard {
  readonly name: string;
  readonly load: SavedLoad;
  /** Null when it was killed. */
  readonly end: LoadEnd | null;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
}

export type MergedLoads =
  | { readonly kind: "merged"; readonly load: SavedLoad; readonly end: LoadEnd | null }
  /** In a clause. */
  | { readonly kind: "not-shards"; readonly why: string };

/** Shards as the one load that they were: the same plan, begun within its length. */
export function mergeLoads(shards: readonly [Shard, ...Shard[]]): MergedLoads {
  const [first, ...others] = shards;
  for (const other of others) {
    const why = whyNotShards(first, other);
    if (why !== null) return { kind: "not-shards", why };
  }
  const plan: LoadPlan = { ...first.load.plan, arrival: sumOf(shards.map(({ load }) => load.plan.arrival)) };
  return { kind: "merged", load: { ...first.load, plan }, end: endOf(shards) };
}

function whyNotShards(one: Shard, other: Shard): string | null {
  const [a, b] = [one.load, other.load];
  const differing = (["load", "scenario", "principal", "durationMs", "warmupMs"] as const).find(
    (name) => a.plan[name] !== b.plan[name],
  );
  const says = (what: string): string => `${one.name} and ${other.name} are no shards of one load: ${what}`;
  if (differing !== undefined) return says(`their plans differ in ${planNames[differing]}`);
  if (a.plan.arrival.kind !== b.plan.arrival.kind) return says("one keeps a rate, the other connections");
  if (JSON.stringify(targetsOf(a)) !== JSON.stringify(targetsOf(b)))
    return says("they did not ask the same of the same targets");
  if (JSON.stringify(a.thresholds) !== JSON.stringify(b.thresholds)) return says("their thresholds differ");
  const apartMs = Math.abs(one.startedAtMs - other.startedAtMs);
  return apartMs <= a.plan.warmupMs + a.plan.durationMs
    ? null
    : says(`they began ${Math.round(apartMs / 1000)} s apart, which is longer than the load was to last`);
}

const planNames = {
  load: "the load's name",
  scenario: "their scenario",
  principal: "who signs",
  durationMs: "their duration",
  warmupMs: "their warm-up",
} as const;

/** Addresses may differ: each machine resolves names by itself. */
const targetsOf = ({ plan }: SavedLoad): readonly unknown[] =>
  plan.targets.map(({ id, kind, origin, hostHeader, protocol, auth, requests }) => ({
    ...{ id, kind, origin, hostHeader, protocol, auth, requests },
  }));

function sumOf(arrivals: readonly Arrival[]): Arrival {
  const rate = arrivals.reduce((sum, one) => sum + (one.kind === "open" ? one.rate : 0), 0);
  const connections = arrivals.reduce((sum, one) => sum + (one.kind === "closed" ? one.connections : 0), 0);
  return arrivals[0]?.kind === "closed" ? { kind: "closed", connections } : { kind: "open", rate: perSecond(rate) };
}

/** No better than the worst of them: what one shard lacks the whole lacks. */
function endOf(shards: readonly Shard[]): LoadEnd | null {
  const ends = shards.flatMap(({ end }) => (end === null ? [] : [end]));
  if (ends.length < shards.length) return null;
  const from = (of: (name: string, end: LoadEnd) => readonly string[]): readonly string[] =>
    shards.flatMap(({ name, end }) => (end === null ? [] : of(name, end)));
  // Of the machine that fared worst.
  const most = (name: "cpuShare" | "stealShare" | "throttledShare"): number | null => {
    const known = ends.flatMap((end) => end[name] ?? []);
    return known.length === 0 ? null : Math.max(...known);
  };
  return {
    complete: ends.every(({ complete }) => complete),
    reasons: from((name, { reasons }) => reasons.map((clause) => `in ${name}, ${clause}`)),
    notes: [
      `Merged from ${shards.length} shards: ${shards.map(({ name }) => name).join(", ")}.`,
      ...from((name, { notes }) => notes.map((line) => `${name}: ${line}`)),
    ],
    ...{ cpuShare: most("cpuShare"), stealShare: most("stealShare"), throttledShare: most("throttledShare") },
    endedEarly: ends.find(({ endedEarly }) => endedEarly !== null)?.endedEarly ?? null,
  };
}
