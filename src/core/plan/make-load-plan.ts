import type { Load } from "#core/config/config.ts";
import { compilePattern } from "#core/patterns/index.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { idleTimerOf } from "#core/targets/timeouts.ts";
import { showOrigin } from "#core/targets/url.ts";
import { namedPrincipal } from "./as-principal.ts";
import type { LoadPlan, PlannedTarget } from "./load-plan.ts";

/** A target under load, and where its name leads: resolved once, and allowed by the guard rails. */
export interface PlacedTarget {
  readonly target: Target;
  readonly addresses: readonly string[];
}

/** A load of the config as an engine is given it. */
export const makeLoadPlan = (load: Load, placed: readonly PlacedTarget[]): LoadPlan => ({
  schema: "pathproof.load-plan/1",
  load: load.name,
  scenario: load.scenario,
  ...namedPrincipal(load.principal),
  arrival: load.arrival,
  durationMs: load.durationMs,
  warmupMs: load.warmupMs,
  targets: placed.map(plannedTarget),
});

export const plannedTarget = ({ target, addresses }: PlacedTarget): PlannedTarget => ({
  id: target.id,
  kind: target.kind.kind,
  origin: showOrigin(target.origin),
  hostHeader: target.hostHeader,
  protocol: target.protocol,
  auth: target.auth,
  signing: target.signing,
  requests: target.requests.map(withPlainPattern),
  timeoutMs: target.deadlines.totalMs,
  // Who is asked to invoke a function answers 200 even if the function failed.
  functionErrors: target.kind.events.includes("direct"),
  addresses,
  idleTimerMs: idleTimerOf(target),
  connection: { requestsMax: null, ageMsMax: null },
});

/** Engines differ in which regular expressions they take, and how they search for them; in plain ones they do not. */
function withPlainPattern(request: TargetRequest): TargetRequest {
  const { body } = request.expect;
  if (body?.kind !== "matches") return request;
  const compiled = compilePattern(body.pattern);
  if (compiled.kind === "refused") throw new RangeError(`${body.pattern}: expected ${compiled.expected}`);
  return { ...request, expect: { ...request.expect, body: { kind: "matches", pattern: compiled.plain } } };
}
