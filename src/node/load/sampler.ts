import { isWarmup, targetNumberAt } from "#core/plan/block-order.ts";
import { failureCode } from "#core/plan/k6-failure-code.ts";
import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { LoadSink } from "#core/plan/load-run.ts";
import { scenarioOf } from "#core/scenarios/played.ts";
import { isSteady } from "#core/scenarios/shape.ts";
import { type Ms, ms } from "#core/units.ts";
import { keep, keptBy, type TellEnd } from "./kept-connection.ts";
import { beginPending, blankPending, type Pending } from "./pending-request.ts";
import { createRetryDetector, type RetryDetector } from "./retry-detector.ts";
import type { RowTags } from "./tag-table.ts";

/** Of the rows of a request, those that matter here. */
export type TimingField = "duration" | "blocked" | "connecting" | "tls" | "sending" | "receiving" | "failed";

/** Puts requests together from their parts, one VU apart from the other. */
export interface Sampler {
  /** @param dueMs 0 where the workload has no due times */
  begin(vu: number, tags: RowTags, endMs: number, dueMs: number, closing: boolean): void;
  /** Of the request begun last, of whichever VU. */
  timing(field: TimingField, value: number): void;
  /** The script has judged the VU's last request. */
  fail(vu: number, code: string | null): void;
  /** Or found out who refused it, as it should be. */
  refuse(vu: number, refuser: string | null): void;
  /** What the VU's iteration wrote to the network, told at its end. */
  wrote(vu: number, bytes: number): void;
  drop(tags: RowTags, count: number, atMs: number): void;
  /** The VU's iteration is over: its last request is complete. */
  finish(vu: number): void;
  finishAll(): void;
  readonly facts: { readonly samples: number; readonly dropped: number; readonly untagged: number };
}

interface Lane {
  readonly id: string;
  readonly kind: string;
  readonly secure: boolean;
  readonly h2: boolean;
  readonly number: number;
  readonly detector: RetryDetector;
  /** Made once: it goes with every request. */
  readonly end: TellEnd;
  /** By how much its schedule begins after the moment that k6 gives for it. */
  begunLate(lateMs: number): number;
}

export function createSampler(plan: LoadPlan, sink: Pick<LoadSink, "sample" | "ended" | "dropped">): Sampler {
  let beganMs: number | null = null;
  const since = (atMs: number): Ms => {
    beganMs ??= atMs;
    return ms(Math.max(0, atMs - beganMs));
  };
  const endOf =
    (target: string): TellEnd =>
    (kept, how, atMs, idleMs) => {
      kept.open = false;
      const ageMs = ms(Math.max(0, atMs - kept.bornMs));
      sink.ended({ target, atMs: since(atMs), how, ageMs, served: kept.served, idleMs });
    };
  const begunLate = ramps(plan) ? leastSoFar : () => () => 0;
  const lanes = new Map<string, Lane>(
    plan.targets.map(({ id, kind, origin, protocol }, number) => [
      id,
      {
        ...{ id, kind, number, detector: createRetryDetector(), end: endOf(id), begunLate: begunLate() },
        ...{ secure: origin.startsWith("https:"), h2: protocol === "h2" },
      },
    ]),
  );
  const only = plan.targets.length === 1 ? (lanes.values().next().value ?? null) : null;
  const pending: (Pending | undefined)[] = [];
  let current = blankPending();
  const counts = { samples: 0, dropped: 0, untagged: 0 };

  const laneOf = (target: string | null): Lane | null => (target === null ? only : (lanes.get(target) ?? null));

  const handOver = (vu: number): void => {
    const request = pending[vu];
    if (request === undefined || !request.open) return;
    request.open = false;
    const lane = laneOf(request.tags.target);
    if (lane === null) {
      counts.untagged += 1;
      return;
    }
    counts.samples += 1;
    emit(request, lane);
  };

  const emit = (request: Pending, lane: Lane): void => {
    const { tags, connecting, tls, duration, blocked } = request;
    const opened = connecting > 0 || tls > 0;
    const sentMs = request.endMs - duration;
    // Not before the connection was had: where k6 sent twice, the second dial is in `sending` already.
    if (sentMs < request.endBeforeMs - overlapMs) request.parallel = true;
    const failure = failureOf(request, lane, opened);
    const kept = keptBy(request, lane.number);
    const couldReuse = kept.open;
    const broken = tags.status === 0;
    // A refused dial shows no connecting either, but it had no connection.
    const reusedSocket = !opened && tags.connected;
    if (opened && tls === 0 && !broken && request.bytes !== null) lane.detector.wroteOnce(tags.name, request.bytes);
    const suspectedRetry =
      reusedSocket &&
      !request.parallel &&
      lane.detector.suspects({
        name: tags.name,
        blockedMs: blocked,
        sendingMs: request.sending,
        bytes: request.bytes,
      });
    const idleMs = reusedSocket && couldReuse && !request.parallel ? ms(Math.max(0, sentMs - kept.lastByteMs)) : null;
    request.endBeforeMs = request.endMs;
    if (beganMs === null) since(request.dueMs > 0 ? Math.min(request.dueMs, sentMs) : sentMs - blocked);
    const dueMs = request.dueMs > 0 ? request.dueMs + lane.begunLate(sentMs - blocked - request.dueMs) : null;
    sink.sample({
      target: lane.id,
      sentAtMs: since(sentMs),
      phase: tags.phase,
      serviceMs: failure === null ? ms(duration) : null,
      responseMs: failure === null && dueMs !== null ? ms(Math.max(duration, request.endMs - dueMs)) : null,
      connectMs: connecting > 0 ? ms(connecting) : null,
      tlsMs: tls > 0 ? ms(tls) : null,
      reusedSocket,
      idleMs,
      idempotent: tags.idempotent,
      couldReuse,
      suspectedRetry,
      failure,
      refusedBy: request.refusedBy,
    });
    keep(kept, request, { opened, broken, again: suspectedRetry, dialledMs: sentMs - blocked }, lane.end);
  };

  return {
    begin(vu, tags, endMs, dueMs, closing) {
      handOver(vu);
      const request = pending[vu] ?? blankPending();
      pending[vu] = request;
      current = request;
      beginPending(request, tags, endMs, dueMs, closing);
    },
    timing(field, value) {
      current[field] = value;
    },
    fail(vu, code) {
      const request = pending[vu];
      if (request?.open === true) request.code = code;
    },
    refuse(vu, refuser) {
      const request = pending[vu];
      if (request?.open === true) request.refusedBy = refuser;
    },
    drop(tags, count, atMs) {
      counts.dropped += count;
      const sinceMs = since(atMs);
      // Warm-up and measurement are one k6 scenario, and what was never sent carries no phase of its own; nor, in blocks, a target.
      const phase = isWarmup(plan, sinceMs) ? "warmup" : "measured";
      const turn = plan.blocks === undefined ? null : targetNumberAt(plan.blocks, sinceMs);
      const target = turn === null ? laneOf(tags.target)?.id : plan.targets[turn]?.id;
      sink.dropped({ target: target ?? null, phase, count, atMs: sinceMs });
    },
    wrote(vu, bytes) {
      const request = pending[vu];
      if (request?.open === true && request.inIteration === 1) request.bytes = bytes;
    },
    finish(vu) {
      handOver(vu);
      const request = pending[vu];
      if (request !== undefined) request.inIteration = 0;
    },
    finishAll() {
      for (let vu = 0; vu < pending.length; vu++) handOver(vu);
      for (const request of pending) {
        if (request === undefined || request.parallel) continue;
        for (const lane of lanes.values()) {
          const kept = request.kept[lane.number];
          if (kept?.open === true) lane.end(kept, "open", kept.lastByteMs, null);
        }
      }
    },
    get facts() {
      return { ...counts };
    },
  };
}

/**
 * k6 reckons changing rates from the moment its users are ready, some milliseconds after the start that it tells, while it reckons
 * a constant one from that start. No request leaves earlier after it was due than that.
 *
 * @see https://github.com/grafana/k6/blob/v1.8.1/lib/executor/ramping_arrival_rate.go#L440
 */
const ramps = (plan: LoadPlan): boolean =>
  plan.arrival.kind === "open" && plan.blocks === undefined && !isSteady(scenarioOf(plan).shape);

function leastSoFar(): (value: number) => number {
  let least = Number.POSITIVE_INFINITY;
  return (value) => {
    least = Math.max(0, Math.min(least, value));
    return least;
  };
}

/** Stamps are rounded, and two clocks were read. */
const overlapMs = 0.05;

function failureOf(request: Pending, lane: Lane, opened: boolean): string | null {
  const { tags } = request;
  if (request.code !== null) return request.code;
  // k6 falls back to HTTP/1.1 without a word, which would be another load than the one asked for.
  if (lane.h2 && tags.status > 0 && !tags.h2) return "protocol-error";
  if (request.failed === 0 && !tags.unexpected && tags.status > 0) return null;
  return failureCode({
    status: tags.status,
    errorCode: tags.errorCode,
    error: tags.error,
    kind: lane.kind,
    secure: lane.secure,
    reusedSocket: !opened && tags.connected,
    connected: tags.connected,
    dialled: request.connecting > 0,
    begun: request.receiving > 0,
  });
}
