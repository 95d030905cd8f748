import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { Ask } from "#core/scenarios/scenario.ts";
import { hurriedAsks, sizedAsks, unsignedAsks } from "#core/scenarios/variants.ts";
import type { TargetRequest } from "#core/targets/target.ts";

/** One after the other, by the turn's number. */
export function atTurn<T>(list: readonly T[], number: number): T {
  const item = list[number % list.length];
  if (item === undefined) throw new Error("there is nothing to take turns with");
  return item;
}

const made = new Map<string, readonly Ask[]>();

/** The same objects for the same target, since what is known of a request is kept by its object. */
function madeOnce({ id }: PlannedTarget, what: string, make: () => readonly Ask[]): readonly Ask[] {
  const known = made.get(`${what} ${id}`) ?? make();
  made.set(`${what} ${id}`, known);
  return known;
}

const requests = new Map<readonly Ask[], readonly TargetRequest[]>();

function requestsOf(asks: readonly Ask[]): readonly TargetRequest[] {
  const known = requests.get(asks) ?? asks.map(({ request }) => request);
  requests.set(asks, known);
  return known;
}

/** A target's requests for sending without a signature: where it wants one, to be refused is what is expected. */
export const unsignedOf = (target: PlannedTarget): readonly TargetRequest[] =>
  requestsOf(madeOnce(target, "unsigned", () => unsignedAsks(target)));

/** The main request with a JSON body of each of these sizes; named by the size. */
export const sizesOf = (target: PlannedTarget, sizes: readonly number[]): readonly TargetRequest[] =>
  requestsOf(madeOnce(target, `sizes ${sizes.join(" ")}`, () => sizedAsks(target, sizes)));

/** The main request with so many deadlines, each half of the one after it, the last the target's own; named by them. */
export const deadlinesOf = (target: PlannedTarget, count: number): readonly Ask[] =>
  madeOnce(target, `deadlines ${count}`, () => hurriedAsks(target, count));
