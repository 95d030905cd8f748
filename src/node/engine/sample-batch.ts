import type { LoadPlan } from "#core/plan/load-plan.ts";
import { type ConnectionEnd, type ConnectionEndKind, connectionEnds } from "#core/statistics/connection-end.ts";
import type { Sample } from "#core/statistics/sample.ts";
import { type Refuser, refuserNames } from "#core/targets/access.ts";
import { type Ms, ms } from "#core/units.ts";
import { codeAt, type FailureCode, numberOf } from "./failure-codes.ts";

/** A sample by the target's number in the plan, with all that the Node engine knows. */
export interface RawSample {
  readonly target: number;
  readonly measured: boolean;
  readonly sentAtMs: number;
  readonly serviceMs: number | null;
  readonly responseMs: number | null;
  readonly lateMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly reusedSocket: boolean;
  /** Null unless on a reused socket. */
  readonly idleMs: number | null;
  readonly idempotent: boolean;
  readonly couldReuse: boolean;
  readonly failure: FailureCode | null;
  readonly refusedBy: Refuser | null;
}

/** A connection's end by the target's number in the plan. */
export interface RawEnd {
  readonly target: number;
  readonly atMs: number;
  readonly how: ConnectionEndKind;
  readonly ageMs: number;
  readonly served: number;
  readonly idleMs: number | null;
}

const width = 10;
export const batchSamples = 512;
export const batchBytes = batchSamples * width * 8;

const flags = { measured: 1, reusedSocket: 2, couldReuse: 4, idempotent: 8, end: 16 } as const;
/** Above the flags: the place of who refused in `refuserNames`, from 1; 0 where nobody did. */
const refuserShift = 5;

/** Samples on their way from a thread, as numbers: objects would be copied member by member. */
export function writeSample(into: Float64Array, index: number, sample: RawSample): void {
  const at = index * width;
  into[at] = sample.target;
  into[at + 1] =
    (sample.measured ? flags.measured : 0) |
    (sample.reusedSocket ? flags.reusedSocket : 0) |
    (sample.couldReuse ? flags.couldReuse : 0) |
    (sample.idempotent ? flags.idempotent : 0) |
    (sample.refusedBy === null ? 0 : (refuserNames.indexOf(sample.refusedBy) + 1) << refuserShift);
  into[at + 2] = sample.sentAtMs;
  into[at + 3] = sample.serviceMs ?? Number.NaN;
  into[at + 4] = sample.responseMs ?? Number.NaN;
  into[at + 5] = sample.lateMs ?? Number.NaN;
  into[at + 6] = sample.connectMs ?? Number.NaN;
  into[at + 7] = sample.tlsMs ?? Number.NaN;
  into[at + 8] = sample.failure === null ? -1 : numberOf(sample.failure);
  into[at + 9] = sample.idleMs ?? Number.NaN;
}

/** Ends travel among the samples, so that neither overtakes the other. */
export function writeEnd(into: Float64Array, index: number, end: RawEnd): void {
  const at = index * width;
  into[at] = end.target;
  into[at + 1] = flags.end;
  into[at + 2] = end.atMs;
  into[at + 3] = connectionEnds.indexOf(end.how);
  into[at + 4] = end.ageMs;
  into[at + 5] = end.served;
  into[at + 6] = end.idleMs ?? Number.NaN;
}

export const isEnd = (from: Float64Array, index: number): boolean => ((from[index * width + 1] ?? 0) & flags.end) !== 0;

export function readEnd(from: Float64Array, index: number, plan: LoadPlan): ConnectionEnd {
  const at = index * width;
  return {
    target: plan.targets[from[at] ?? 0]?.id ?? "",
    atMs: ms(from[at + 2] ?? 0),
    how: connectionEnds[from[at + 3] ?? 0] ?? "broken",
    ageMs: ms(from[at + 4] ?? 0),
    served: from[at + 5] ?? 0,
    idleMs: orNull(from[at + 6]),
  };
}

export function readSample(from: Float64Array, index: number, plan: LoadPlan): Sample {
  const at = index * width;
  const bits = from[at + 1] ?? 0;
  return {
    target: plan.targets[from[at] ?? 0]?.id ?? "",
    phase: (bits & flags.measured) === 0 ? "warmup" : "measured",
    sentAtMs: ms(from[at + 2] ?? 0),
    serviceMs: orNull(from[at + 3]),
    responseMs: orNull(from[at + 4]),
    lateMs: orNull(from[at + 5]),
    connectMs: orNull(from[at + 6]),
    tlsMs: orNull(from[at + 7]),
    reusedSocket: (bits & flags.reusedSocket) !== 0,
    idleMs: orNull(from[at + 9]),
    idempotent: (bits & flags.idempotent) !== 0,
    couldReuse: (bits & flags.couldReuse) !== 0,
    suspectedRetry: false,
    failure: codeAt(from[at + 8] ?? -1),
    refusedBy: refuserNames[(bits >> refuserShift) - 1] ?? null,
  };
}

const orNull = (value = Number.NaN): Ms | null => (Number.isNaN(value) ? null : ms(value));
