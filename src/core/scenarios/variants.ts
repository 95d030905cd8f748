import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { expectAccess } from "#core/targets/expect-access.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { ms, showBytes, showMs } from "#core/units.ts";
import type { Ask } from "./scenario.ts";

/** A target's own requests, sent as the config says. */
export const ownAsks = ({ requests, auth, timeoutMs }: PlannedTarget): readonly Ask[] =>
  requests.map((request) => ({ request, auth, timeoutMs }));

/** The same without a signature: where the target wants one, to be refused is what is expected. */
export const unsignedAsks = (target: PlannedTarget): readonly Ask[] =>
  ownAsks(target).map((ask) =>
    target.auth === "none" ? ask : { ...ask, auth: "none", request: refused(ask.request) },
  );

const refused = (request: TargetRequest): TargetRequest => ({
  ...request,
  name: `${request.name} unsigned`,
  expect: expectAccess(request.expect, { kind: "denied", by: "any" }),
});

/** The main request with a JSON body of each of these sizes; named by the size. */
export const sizedAsks = (target: PlannedTarget, sizes: readonly number[]): readonly Ask[] =>
  ownAsks(target)
    .slice(0, 1)
    .flatMap((ask) => sizes.map((size) => ({ ...ask, request: sized(ask.request, size) })));

const sized = (request: TargetRequest, size: number): TargetRequest => ({
  ...request,
  name: showBytes(size),
  method: request.method === "GET" || request.method === "HEAD" ? "POST" : request.method,
  headers: { ...request.headers, "content-type": "application/json" },
  body: `"${"x".repeat(Math.max(0, size - 2))}"`,
  // What it answers to another body than the config's is not known.
  expect: { ...request.expect, body: null },
});

/** The main request with so many deadlines, each half of the one after it, the last the target's own; named by them. */
export const hurriedAsks = (target: PlannedTarget, count: number): readonly Ask[] =>
  ownAsks(target)
    .slice(0, 1)
    .flatMap((ask) =>
      Array.from({ length: count }, (_, index): Ask => {
        const timeoutMs = ms(Math.max(1, Math.round(target.timeoutMs / 2 ** (count - 1 - index))));
        return { ...ask, request: { ...ask.request, name: `within ${showMs(timeoutMs)}` }, timeoutMs };
      }),
    );
