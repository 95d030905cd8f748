/// <reference lib="es2024.sharedmemory" />
import type { MessagePort } from "node:worker_threads";
import { scenarioOf } from "#core/scenarios/played.ts";
import { createTrust } from "#node/sockets/tls.ts";
import type { Order, Report, ThreadRole } from "../messages.ts";
import { type Clock, createClock } from "./clock.ts";
import { type Crew, gatherCrews } from "./crew.ts";
import { createLoopMeter, type LoopMeter } from "./loop-meter.ts";
import { prepare } from "./prepare.ts";
import { createSampleSink } from "./sample-sink.ts";
import { createSigning } from "./signing.ts";

type Role = Extract<ThreadRole, { role: "loader" }>;

/** More requests to a target than these hardly come twice in the second that a signature is good for. */
const keptMax = 1000;
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
  const asked = plan.targets.map((target) => scenarioOf(plan).asks(target, role.settings));
  const signings = plan.targets.map((target, number) =>
    asked[number]?.some(({ auth }) => auth === "iam") ? createSigning(target) : null,
  );
  const requests = plan.targets.map((target, number) => {
    const asks = asked[number] ?? [];
    const signing = (auth: "iam" | "none") => (auth === "iam" ? (signings[number] ?? null) : null);
    return asks.map((ask) => prepare(target, ask, signing(ask.auth), asks.length <= keptMax));
  });
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
    const crews = gatherCrews({ role, requests, clock, trust, sink });
    const own = createWork(role, { crews, clock, meter, flush: sink.flush, report });
    work = own;
    if (plan.arrival.kind === "closed") own.pump();
    else void pumpWhenDue(own, new Int32Array(cells), role.index);
  };

  port.on("message", (order: Order) => {
    switch (order.kind) {
      case "credentials":
        for (const signing of signings) signing?.renew(order.credentials);
        // Later, while it loads, each as it is sent: all at once would hold up what is due.
        if (work === null) for (const request of requests.flat()) request.outline();
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
  readonly crews: readonly Crew[];
  readonly clock: Clock;
  readonly meter: LoopMeter;
  readonly flush: () => void;
  readonly report: (report: Report) => void;
}

function createWork({ plan }: Role, { crews, clock, meter, flush, report }: WorkMeans): Work {
  const endMs = plan.warmupMs + plan.durationMs;
  let stopAtMs = Number.POSITIVE_INFINITY;
  let connectionsMost = 0;
  let over = false;

  const end = (): void => {
    over = true;
    clearInterval(looking);
    clearInterval(flushing);
    meter.end();
    const cutOff = crews.reduce((sum, { lane }) => sum + lane.close(), 0);
    flush();
    const waited = crews.reduce((sum, { supply }) => sum + supply.waited, 0);
    report({ kind: "done", facts: { waited, cutOff, connectionsMost, ...meter.figures } });
  };

  /** Requests that no connection was free for until now: after the load and a whole timeout nobody waits for them any more. */
  const giveUp = (nowMs: number): void => {
    for (const { supply, timeoutMs, target } of crews) {
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
    for (const { lane, supply } of crews) {
      lane.look();
      // There may be more connections than a moment ago.
      if (plan.arrival.kind === "closed") supply.pump();
    }
    connectionsMost = Math.max(
      connectionsMost,
      crews.reduce((sum, { lane }) => sum + lane.open, 0),
    );
    giveUp(now);
    const done = crews.every(({ lane, supply }) => supply.over && lane.underWay === 0);
    if (done || now >= stopAtMs) end();
  };
  const looking = setInterval(look, lookEveryMs);
  const flushing = setInterval(flush, flushEveryMs);
  return {
    pump() {
      for (const { supply } of crews) supply.pump();
    },
    stop() {
      if (over) return;
      for (const { supply } of crews) supply.stop();
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
