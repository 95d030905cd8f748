import { Worker } from "node:worker_threads";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import { played, scenarioOf } from "#core/scenarios/played.ts";
import { readSettings } from "#core/scenarios/settings.ts";
import { showMs } from "#core/units.ts";
import { keepCredentials } from "./keep-credentials.ts";
import type { Order, Report, ThreadFacts, ThreadRole } from "./messages.ts";
import type { NodeFacts, NodeOutcome, NodeRunOptions } from "./outcome.ts";
import { isEnd, readEnd, readSample } from "./sample-batch.ts";
import { paceOf } from "./schedule.ts";
import { shareOf } from "./share-of.ts";
import { monotonicMs } from "./thread/clock.ts";

/** As many as a stall of a second takes at 1,000 requests a second; what is due beyond it waits, and is counted as waiting. */
export const connectionsUsual = 1000;

const startWithinMs = 30_000;
const stopWithinMs = 900;
/** From the moment all are ready to the first request. */
const leadMs = 20;

/**
 * Makes a load from threads of this process and hands its samples over while it runs. Always settles, within the load's own
 * length, a timeout and some slack, and says in its outcome whatever went otherwise than planned. Never rejects.
 */
export async function runNodeEngine(options: NodeRunOptions): Promise<NodeOutcome> {
  const { plan, credentials, signal } = options;
  if (signal.aborted) return notStarted("It was interrupted before anything was sent.");
  const first = credentials === null ? null : await credentials();
  if (first?.kind === "missing") return notStarted(first.detail);
  const run = createRun(options);
  const kept = keepCredentials(options, first === null ? null : first.credentials, run.order);
  try {
    return await run.outcome(wholeMs(plan));
  } finally {
    kept.stop();
    await run.end();
  }
}

const notStarted = (message: string): NodeOutcome => ({ kind: "not-started", message });

/** The load itself, what is under way or waiting at its end, and some seconds. */
const wholeMs = ({ warmupMs, durationMs, targets }: LoadPlan): number =>
  warmupMs + durationMs + 2 * Math.max(0, ...targets.map(({ timeoutMs }) => timeoutMs)) + 10_000;

interface Run {
  order(order: Order): void;
  outcome(withinMs: number): Promise<NodeOutcome>;
  end(): Promise<void>;
}

function createRun({ program, sink, signal, onStarted, ...options }: NodeRunOptions): Run {
  const scenario = scenarioOf(options.plan);
  const plan = played(options.plan, scenario);
  const { arrival, targets } = plan;
  const most = arrival.kind === "open" ? (options.connectionsMax ?? connectionsUsual) : arrival.connections;
  const threads = Math.max(1, Math.min(options.threads ?? 1, most));
  const pace = paceOf(plan, threads, scenario.shape);
  const cells = new SharedArrayBuffer(4 * (threads + 1));
  const make = (role: ThreadRole): Worker =>
    // Nothing of the environment: what a thread may know, it is told.
    new Worker(program, { eval: true, workerData: role, env: {}, execArgv: [], stdin: false });
  const loaders = Array.from({ length: threads }, (_, index) =>
    make({
      role: "loader",
      plan,
      settings: options.settings ?? readSettings({}),
      caPem: options.caPem,
      index,
      threads,
      connectionsMax: shareOf(most, index, threads),
      cells,
    }),
  );
  const pacer = pace === null ? null : make({ role: "pacer", pace, cells });
  const all = pacer === null ? loaders : [...loaders, pacer];

  const facts: ThreadFacts[] = [];
  let samples = 0;
  let dropped = 0;
  let ready = 0;
  let begun = false;
  let settle: (outcome: NodeOutcome) => void = () => undefined;
  const factsNow = (): NodeFacts => ({
    samples,
    dropped,
    threads: facts,
  });
  const fail = (message: string): void =>
    settle(begun ? { kind: "failed", message, facts: factsNow() } : { kind: "not-started", message });

  const begin = (): void => {
    begun = true;
    onStarted?.(process.pid);
    const at = monotonicMs() + leadMs;
    for (const thread of all) thread.postMessage({ kind: "begin", at } satisfies Order);
  };

  const take = (from: Worker, report: Report): void => {
    switch (report.kind) {
      case "ready":
        ready += 1;
        if (ready === all.length && !signal.aborted) begin();
        return;
      case "samples": {
        const batch = new Float64Array(report.buffer);
        for (let index = 0; index < report.count; index++) {
          if (isEnd(batch, index)) {
            sink.ended(readEnd(batch, index, plan));
            continue;
          }
          sink.sample(readSample(batch, index, plan));
          samples += 1;
        }
        from.postMessage({ kind: "spare", buffer: report.buffer } satisfies Order, [report.buffer]);
        return;
      }
      case "dropped":
        dropped += report.count;
        sink.dropped({
          target: targets[report.target]?.id ?? null,
          phase: report.phase,
          count: report.count,
          // They waited until nobody waits any more: when they were due is no longer told apart.
          atMs: null,
        });
        return;
      case "done":
        facts.push(report.facts);
        if (facts.length === loaders.length)
          settle({ kind: signal.aborted ? "interrupted" : "finished", facts: factsNow() });
        return;
    }
  };

  for (const thread of all) {
    thread.on("message", (report: Report) => {
      try {
        take(thread, report);
      } catch (error) {
        fail(`The samples could not be taken: ${describe(error)}.`);
      }
    });
    thread.on("error", (error) => fail(`A thread of the engine ended: ${describe(error)}.`));
    // Those that are told to end are told once all is settled. The pacer may end by itself, when nothing more will be due.
    thread.on("exit", (code) => {
      if (thread !== pacer || code !== 0) fail(`A thread of the engine ended before its time, with code ${code}.`);
    });
  }

  return {
    order(order) {
      for (const loader of loaders) loader.postMessage(order);
    },
    outcome(withinMs) {
      const timers: NodeJS.Timeout[] = [];
      const after = (ms: number, then: () => void): void => {
        timers.push(setTimeout(then, Math.min(ms, 2 ** 31 - 1)));
      };
      const stop = (): void => {
        for (const loader of loaders) loader.postMessage({ kind: "stop" } satisfies Order);
        after(stopWithinMs, () => {
          if (begun) settle({ kind: "interrupted", facts: factsNow() });
          else settle(notStarted("It was interrupted before anything was sent."));
        });
      };
      return new Promise<NodeOutcome>((resolve) => {
        settle = resolve;
        after(startWithinMs, () => {
          if (!begun) fail(`The engine's threads did not start within ${showMs(startWithinMs)}.`);
        });
        after(withinMs + startWithinMs, () => fail(`The load had not ended ${showMs(withinMs)} after its start.`));
        signal.addEventListener("abort", stop, { once: true });
        if (signal.aborted) stop();
      }).finally(() => {
        timers.forEach(clearTimeout);
        signal.removeEventListener("abort", stop);
      });
    },
    async end() {
      const words = new Int32Array(cells);
      Atomics.store(words, threads, 1);
      Atomics.notify(words, threads);
      await Promise.all(all.map((thread) => thread.terminate()));
    },
  };
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
