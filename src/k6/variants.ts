import type { PlannedTarget } from "#core/plan/load-plan.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { type Ms, ms, showBytes, showMs } from "#core/units.ts";

/** One after the other, by the turn's number. */
export function atTurn<T>(list: readonly T[], number: number): T {
  const item = list[number % list.length];
  if (item === undefined) throw new Error("there is nothing to take turns with");
  return item;
}

const made = new Map<string, readonly TargetRequest[]>();

/** The same objects for the same target, since what is known of a request is kept by its object. */
function madeOnce({ id }: PlannedTarget, what: string, make: () => readonly TargetRequest[]): readonly TargetRequest[] {
  const known = made.get(`${what} ${id}`) ?? make();
  made.set(`${what} ${id}`, known);
  return known;
}

const refusals: readonly number[] = [401, 403];

/** A target's requests for sending without a signature: where it wants one, to be refused is what is expected. */
export const unsignedOf = (target: PlannedTarget): readonly TargetRequest[] =>
  target.auth === "none"
    ? target.requests
    : madeOnce(target, "unsigned", () =>
        target.requests.map((request) => ({
          ...request,
          name: `${request.name} unsigned`,
          expect: { statuses: refusals, body: null, headers: {} },
        })),
      );

/** The main request with a JSON body of each of these sizes; named by the size. */
export const sizesOf = (target: PlannedTarget, sizes: readonly number[]): readonly TargetRequest[] =>
  madeOnce(target, `sizes ${sizes.join(" ")}`, () =>
    target.requests.slice(0, 1).flatMap((request) =>
      sizes.map((size) => ({
        ...request,
        name: showBytes(size),
        method: request.method === "GET" || request.method === "HEAD" ? "POST" : request.method,
        headers: { ...request.headers, "content-type": "application/json" },
        body: `"${"x".repeat(Math.max(0, size - 2))}"`,
        // What it answers to another body than the config's is not known.
        expect: { ...request.expect, body: null },
      })),
    ),
  );

/** A request with less time than its target gives it. */
export interface Hurried {
  readonly request: TargetRequest;
  readonly timeoutMs: Ms;
}

const hurried = new Map<string, readonly Hurried[]>();

/** The main request with so many deadlines, each half of the one after it, the last the target's own; named by them. */
export function deadlinesOf(target: PlannedTarget, count: number): readonly Hurried[] {
  const known = hurried.get(target.id);
  if (known !== undefined && known.length === count) return known;
  const fresh = target.requests.slice(0, 1).flatMap((request) =>
    Array.from({ length: count }, (_, index): Hurried => {
      const timeoutMs = ms(Math.max(1, Math.round(target.timeoutMs / 2 ** (count - 1 - index))));
      return { request: { ...request, name: `within ${showMs(timeoutMs)}` }, timeoutMs };
    }),
  );
  hurried.set(target.id, fresh);
  return fresh;
}
