import type { Options, Scenario } from "k6/options";
import type { BlockOrder } from "#core/plan/block-order.ts";
import { tags as names, systemTags } from "#core/plan/k6-metrics.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { connectionsFor } from "#core/scenarios/played.ts";
import { inGrain, stretchesOf } from "#core/scenarios/schedule.ts";
import { isSteady, type Shape, steady } from "#core/scenarios/shape.ts";
import { layOut } from "./places.ts";
import { plan, targets, underRunner } from "./plan.ts";

/** Where each target's requests go. */
export const places = layOut(targets);

/** The target that a k6 scenario loads, by the scenario's name. */
export const targetOfScenario: ReadonlyMap<string, PlannedTarget> = new Map(
  targets.map((target, index) => [`${index + 1}-${target.id.replace(/[^0-9A-Za-z_-]/g, "_")}`, target]),
);

/**
 * k6's options for the plan: one k6 scenario a target, each with all of the rate or all of the connections; in a comparison
 * one for all targets, which take turns in it.
 */
export function workload(shape: Shape = steady): Options {
  if (plan.blocks !== undefined && plan.arrival.kind === "open")
    return optionsFor({ blocks: inBlocks(plan.arrival.rate, plan.blocks) });
  return optionsWith(
    plan.arrival.kind === "open" ? openLoop(plan.arrival.rate, shape) : closedLoop(plan.arrival.connections, shape),
  );
}

/** The same for scenarios that set their own pace on each connection; a rate then only says how many connections. */
export function connectionsOnly(): Options {
  return optionsWith(closedLoop(connectionsFor(plan.arrival), steady));
}

/** A k6 scenario, but for what tells the targets apart. */
type Load = (own: { readonly tags: Record<string, string> }) => Scenario;

function optionsWith(load: Load): Options {
  const scenarios = Object.fromEntries(
    Array.from(targetOfScenario, ([name, { id, auth }]) => [
      name,
      load({ tags: { [names.target]: id, [names.auth]: auth } }),
    ]),
  );
  return optionsFor(scenarios);
}

function optionsFor(scenarios: Record<string, Scenario>): Options {
  return {
    scenarios,
    hosts: { ...places.hosts },
    // Both also bound the idle connections a virtual user keeps: fewer than it uses would be re-opened all the time.
    batch: 100,
    batchPerHost: 100,
    discardResponseBodies: true,
    noConnectionReuse: false,
    noVUConnectionReuse: false,
    maxRedirects: 0,
    insecureSkipTLSVerify: false,
    dns: { ttl: "30s", select: "roundRobin", policy: "any" },
    userAgent: "pathproof (k6)",
    thresholds: {},
    systemTags: underRunner
      ? [...systemTags]
      : [...systemTags.filter((tag) => tag !== "vu" && tag !== "ip"), "error", "method", "name", "proto", "scenario"],
    summaryTrendStats: ["count", "min", "avg", "p(50)", "p(90)", "p(95)", "p(99)", "p(99.9)", "max"],
  };
}

const wholeMs = plan.warmupMs + plan.durationMs;
const timeoutMsMax = Math.max(...targets.map(({ timeoutMs }) => timeoutMs));
/** What is under way at the end may finish. */
const gracefulStop = `${timeoutMsMax + 1000}ms`;

function openLoop(perSecond: number, shape: Shape): Load {
  const pace = { timeUnit: "1000s", ...users(perSecond), gracefulStop };
  if (isSteady(shape)) {
    const rate = inGrain(perSecond);
    return (own) => ({ executor: "constant-arrival-rate", rate, duration: `${wholeMs}ms`, ...pace, ...own });
  }
  const startRate = inGrain(shape[0].from * perSecond);
  const ramp = stages(perSecond, shape, 1e6);
  return (own) => ({ executor: "ramping-arrival-rate", startRate, stages: ramp, ...pace, ...own });
}

/**
 * Users for a stall of a quarter second, or as many as the head of a block lets have a turn. Connections outlast blocks, so that
 * after the first of its target a user finds its own open, unless the peer ended it.
 */
function inBlocks(perSecond: number, { headMs }: BlockOrder): Scenario {
  const pace = users(perSecond, 1);
  const ready = (perSecond * Math.max(headMs, stallMs)) / 1000;
  return {
    executor: "constant-arrival-rate",
    rate: inGrain(perSecond),
    timeUnit: "1000s",
    duration: `${wholeMs}ms`,
    preAllocatedVUs: clamp(ready, 2, pace.preAllocatedVUs),
    maxVUs: pace.maxVUs,
    gracefulStop,
  };
}

function closedLoop(connections: number, shape: Shape): Load {
  if (isSteady(shape)) {
    const vus = Math.ceil(connections);
    return (own) => ({ executor: "constant-vus", vus, duration: `${wholeMs}ms`, gracefulStop, ...own });
  }
  const startVUs = Math.max(1, Math.round(shape[0].from * connections));
  const ramp = { stages: stages(connections, shape, 1000), gracefulStop, gracefulRampDown: gracefulStop };
  return (own) => ({ executor: "ramping-vus", startVUs, ...ramp, ...own });
}

/** A stage of no length where the level jumps: k6 knows ramps only. */
const stages = (full: number, shape: Shape, perMs: number): { duration: string; target: number }[] =>
  stretchesOf(shape, { perSecond: full, warmupMs: plan.warmupMs, durationMs: plan.durationMs }).flatMap(
    ({ durationMs, fromPerMs, toPerMs }) => [
      { duration: "0s", target: Math.max(1, Math.round(fromPerMs * perMs)) },
      { duration: `${durationMs}ms`, target: Math.max(1, Math.round(toPerMs * perMs)) },
    ],
  );

/**
 * An iteration for which no virtual user is free is dropped, and to make one takes longer than to send. So there are enough
 * from the start for a stall of a second, and as many as a stall of a whole timeout takes may come later; within bounds,
 * since each costs memory.
 */
function users(
  perSecond: number,
  scenarios = targets.length,
): { readonly preAllocatedVUs: number; readonly maxVUs: number } {
  const share = Math.max(1, Math.floor(usersMax / scenarios));
  const preAllocatedVUs = clamp(perSecond * 1.2, 2, Math.ceil(share / 2));
  return {
    preAllocatedVUs,
    maxVUs: clamp((perSecond * timeoutMsMax) / 1000, preAllocatedVUs, Math.max(share, preAllocatedVUs)),
  };
}

const usersMax = 2000;
const stallMs = 250;
const clamp = (value: number, least: number, most: number): number => Math.ceil(Math.min(Math.max(value, least), most));
