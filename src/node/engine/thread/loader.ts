/// <reference lib="es2024.sharedmemory" />
import type { MessagePort } from "node:worker_threads";
import { isWarmup } from "#core/plan/block-order.ts";
import type { PlannedTarget } from "#core/plan/load-plan.ts";
import { staleWindow, windowGapMs } from "#core/plan/window-gap.ts";
import { createTrust } from "#node/sockets/tls.ts";
import type { Order, Report, ThreadRole } from "../messages.ts";
import type { RawSample } from "../sample-batch.ts";
import { paceOf } from "../schedule.ts";
import { type Clock, createClock } from "./clock.ts";
import { createLane, type Lane, type LastAnswered } from "./lane.ts";
import { createLoopMeter, type LoopMeter } from "./loop-meter.ts";
import { takePlaces } from "./places.ts";
import { prepare } from "./prepare.ts";
import { createSampleSink } from "./sample-sink.ts";
import { createSigning } from "./signing.ts";
import { type Supply, type SupplyMeans, supplyAfterGaps, supplyAsDue, supplyInTurn } from "./supply.ts";

type Role = Extract<ThreadRole, { role: "loader" }>;

type MakeSupply = (means: SupplyMeans) => Supply;

interface Loaded {
  /** The target's, in the plan. */
  readonly target: number;
  readonly lane: Lane;
  readonly supply: Supply;
  readonly timeoutMs: number;
}

const lookEveryMs = 10;
const flushEveryMs = 100;
/** For what is under way when the load is stopped: all of it has to end within a second. */
const stopWithinMs = 400;

/** What a loading thread does: waits for its orders, sends its share of the load, reports every sample, and ends. */
export function load(role: Role, port: MessagePort): void {
  const { plan, cells } = role;
  const report = (message: Report, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, [...transfer]);
  const trust = once(() => createTrust(role.caPem));
  const signings = plan.targets.map((target) => (target.auth === "iam" ? createSigning(target) : null));
  const prepared = plan.targets.map((target, number) =>
    target.requests.map((request) => prepare(target, request, signings[number] ?? null)),
  );
  // Reading the roots takes up to 100 ms, which must not pass while the first requests are due.
  if (plan.targets.some(({ origin }) => origin.startsWith("https:"))) trust();

  const sink = createSampleSink(
    (buffer, count) => report({ kind: "samples", buffer, count }, [buffer]),
    () => {
      throw new Error("samples came faster than they could be counted");
    },
  );
  const meter = createLoopMeter();
  let work: Work | null = null;

  const begin = (at: number): void => {
    const clock = createClock(at);
    const pace = paceOf(plan, role.threads);
    const readInto = Buffer.allocUnsafeSlow(65_536);
    const { index, threads } = role;
    const nextPlaces = plan.targets.map((target) => takePlaces(target, { clock, trust, readInto, first: index }));
    const answered = plan.targets.map((): LastAnswered => ({ sentMs: Number.NEGATIVE_INFINITY }));
    const laneTo = (target: PlannedTarget, number: number, connectionsMax: number, makeSupply: MakeSupply): Loaded => {
      const lane: Lane = createLane({
        target,
        number,
        isMeasured: (atMs) => !isWarmup(plan, atMs),
        connectionsMax,
        clock,
        nextPlace: nextPlaces[number] ?? takePlaces(target, { clock, trust, readInto, first: index }),
        emit: (sample: RawSample) => sink.add(sample),
        onEnd: sink.end,
        lastAnswered: answered[number] ?? { sentMs: Number.NEGATIVE_INFINITY },
        onRoom: (after) => supply.onRoom(after),
      });
      const supply: Supply = makeSupply({ lane, clock, requests: prepared[number] ?? [], plan, index, threads });
      return { target: number, lane, supply, timeoutMs: target.timeoutMs };
    };
    const loaded = plan.targets.flatMap((target, number): readonly Loaded[] => {
      const most = role.connectionsMax;
      if (plan.scenario === staleWindow)
        return Array.from({ length: most }, (_, at) => {
          // Each connection has gaps of its own, so that together they cover the window.
          const gapMs = (n: number): number => windowGapMs(target.idleTimerMs ?? 0, (n * threads + index) * most + at);
          return laneTo(target, number, 1, (means) => supplyAfterGaps({ ...means, index: at }, gapMs));
        });
      return [
        laneTo(target, number, most, (means) =>
          pace === null ? supplyInTurn(means, most) : supplyAsDue(means, pace, number),
        ),
      ];
    });
    const own = createWork(role, { loaded, clock, meter, flush: sink.flush, report });
    work = own;
    if (pace === null) own.pump();
    else void pumpWhenDue(own, new Int32Array(cells), role.index);
  };

  port.on("message", (order: Order) => {
    switch (order.kind) {
      case "credentials":
        for (const signing of signings) signing?.renew(order.credentials);
        return;
      case "begin":
        return begin(order.at);
      case "stop":
        return work?.stop();
      case "spare":
        return sink.reuse(order.buffer);
    }
  });
  report({ kind: "ready" });
}

/** Sends whenever the pacer has counted up this thread's cell. */
async function pumpWhenDue(work: Work, cells: Int32Array, index: number): Promise<void> {
  while (!work.over) {
    const seen = Atomics.load(cells, index);
    work.pump();
    const change = Atomics.waitAsync(cells, index, seen);
    if (change.async) await change.value;
  }
}

interface Work {
  pump(): void;
  stop(): void;
  readonly over: boolean;
}

interface WorkMeans {
  readonly loaded: readonly Loaded[];
  readonly clock: Clock;
  readonly meter: LoopMeter;
  readonly flush: () => void;
  readonly report: (report: Report) => void;
}

function createWork({ plan }: Role, { loaded, clock, meter, flush, report }: WorkMeans): Work {
  const endMs = plan.warmupMs + plan.durationMs;
  let stopAtMs = Number.POSITIVE_INFINITY;
  let connectionsMost = 0;
  let over = false;

  const end = (): void => {
    over = true;
    clearInterval(looking);
    clearInterval(flushing);
    meter.end();
    const cutOff = loaded.reduce((sum, { lane }) => sum + lane.close(), 0);
    flush();
    const waited = loaded.reduce((sum, { supply }) => sum + supply.waited, 0);
    report({ kind: "done", facts: { waited, cutOff, connectionsMost, ...meter.figures } });
  };

  /** Requests that no connection was free for until now: after the load and a whole timeout nobody waits for them any more. */
  const giveUp = (nowMs: number): void => {
    for (const { target, supply, timeoutMs } of loaded) {
      if (supply.over || nowMs < endMs + timeoutMs) continue;
      const lost = supply.giveUp();
      for (const phase of ["warmup", "measured"] as const)
        if (lost[phase] > 0) report({ kind: "dropped", target, phase, count: lost[phase] });
    }
  };

  const look = (): void => {
    const now = clock();
    if (now >= plan.warmupMs) meter.begin();
    if (now >= endMs) meter.end();
    for (const { lane } of loaded) lane.look();
    connectionsMost = Math.max(
      connectionsMost,
      loaded.reduce((sum, { lane }) => sum + lane.open, 0),
    );
    giveUp(now);
    const done = loaded.every(({ lane, supply }) => supply.over && lane.underWay === 0);
    if (done || now >= stopAtMs) end();
  };
  const looking = setInterval(look, lookEveryMs);
  const flushing = setInterval(flush, flushEveryMs);
  return {
    pump() {
      for (const { supply } of loaded) supply.pump();
    },
    stop() {
      if (over) return;
      for (const { supply } of loaded) supply.stop();
      stopAtMs = clock() + stopWithinMs;
    },
    get over() {
      return over;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
