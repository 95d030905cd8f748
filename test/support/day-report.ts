import { deflateSync } from "node:zlib";
import type { LoadPlan, PlannedTarget } from "#core/plan/load-plan.ts";
import { assembleLoadReport } from "#core/reporters/assemble-load.ts";
import type { RunReport } from "#core/reporters/run-report.ts";
import { createRandom, type Random } from "#core/statistics/random.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { createTally } from "#core/statistics/tally.ts";
import { type Ms, ms, perSecond } from "#core/units.ts";
import { makeTarget } from "./make.ts";
import { makeReport } from "./report.ts";

const durationMs = ms(86_400_000);
const ids = ["orders-direct", "orders-lattice", "orders-api", "orders-alb"];

const planned = (id: string): PlannedTarget => ({
  id,
  kind: "lattice",
  origin: "https://orders.example.internal",
  hostHeader: "orders.example.internal",
  protocol: "http/1.1",
  auth: "iam",
  signing: null,
  requests: [],
  timeoutMs: ms(30_000),
  functionErrors: false,
  addresses: [],
  idleTimerMs: ms(60_000),
  connection: { requestsMax: null, ageMsMax: null },
});

/** One in a thousand fails, on a connection that was reset; one in five hundred opens one. */
function sampleOf(target: string, sentAtMs: Ms, random: Random): Sample {
  const chance = random.uniform();
  const failed = chance < 0.001;
  const opens = chance > 0.998;
  const serviceMs = ms(2 - 3 * Math.log(1 - random.uniform()) + (random.uniform() < 0.002 ? 400 : 0));
  return {
    target,
    sentAtMs,
    phase: "measured",
    serviceMs: failed ? null : serviceMs,
    responseMs: failed ? null : ms(serviceMs + random.uniform()),
    connectMs: opens ? ms(0.4 + random.uniform()) : null,
    tlsMs: opens ? ms(3 + random.uniform()) : null,
    reusedSocket: !opens,
    idleMs: opens ? null : ms(random.uniform() ** 8 * 90_000),
    idempotent: random.uniform() < 0.7,
    couldReuse: true,
    suspectedRetry: false,
    failure: failed ? "stale-reuse-reset" : null,
  };
}

/** 24 hours at four targets, through the tally and the assembler that a real run goes through: all that a day can put into a report. */
export function assembledDay(): RunReport {
  const plan: LoadPlan = {
    schema: "pathproof.load-plan/1",
    load: "soak",
    scenario: "steady",
    arrival: { kind: "open", rate: perSecond(1) },
    durationMs,
    warmupMs: ms(0),
    targets: ids.map(planned),
  };
  const tally = createTally(plan);
  const random = createRandom(24);
  for (let second = 0; second < 86_400; second++) {
    for (const target of ids) {
      const atMs = ms(second * 1000 + random.uniform() * 900);
      tally.add(sampleOf(target, atMs, random));
      if (random.uniform() < 0.002)
        tally.end({
          target,
          atMs,
          how: random.uniform() < 0.5 ? "rst" : "fin",
          ageMs: ms(60_000),
          served: 40,
          idleMs: ms(9000),
        });
    }
  }
  const { vantage, startedAt } = makeReport();
  return assembleLoadReport({
    load: { plan, engine: "node", thresholds: ["p99 < 250ms", "stale == 0"], baseline: {} },
    end: {
      complete: true,
      reasons: [],
      notes: [],
      cpuShare: 0.2,
      stealShare: null,
      throttledShare: null,
      endedEarly: null,
    },
    tally,
    targets: ids.map((id) => makeTarget("lattice", { id })),
    vantage,
    startedAt,
    elapsedMs: durationMs,
    interrupted: false,
    pack: (bytes) => deflateSync(bytes).toString("base64"),
  });
}

/** The same at twelve targets: each of the four three times, since making them from samples takes its time. */
export function dayOfTwelve(): RunReport {
  const day = assembledDay();
  const named = (id: string): readonly string[] => [1, 2, 3].map((copy) => `${id}-${copy}`);
  return {
    ...day,
    targets: day.targets.flatMap((target) => named(target.id).map((id) => ({ ...target, id }))),
    loads: day.loads.flatMap((load) => named(load.target).map((target) => ({ ...load, target }))),
    thresholds: day.thresholds.flatMap((one) => named(one.target).map((target) => ({ ...one, target }))),
  };
}
