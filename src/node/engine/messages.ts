import type { LoadPlan } from "#core/plan/load-plan.ts";
import type { Stretch } from "#core/scenarios/schedule.ts";
import type { Settings } from "#core/scenarios/settings.ts";
import type { Credentials } from "#core/signing/credentials.ts";

/** What a thread is told as it is made. No secret is among it. */
export type ThreadRole =
  | { readonly role: "pacer"; readonly pace: Pace; readonly cells: SharedArrayBuffer }
  | {
      readonly role: "loader";
      /** As its scenario has it. */
      readonly plan: LoadPlan;
      readonly settings: Settings;
      readonly caPem: string | null;
      /** Which of how many loading threads it is, from 0. */
      readonly index: number;
      readonly threads: number;
      /** At most so many to each target, by this thread. */
      readonly connectionsMax: number;
      readonly cells: SharedArrayBuffer;
    };

/** When something is due, as far as a pacer must know. */
export interface Pace {
  readonly threads: number;
  /** Rows of due times: one a target, or one for all that take turns in blocks. */
  readonly targets: number;
  /** For each target. They take turns, so that requests to one do not wait for those to another. */
  readonly perMs: number;
  /** For each target. */
  readonly count: number;
  /** Where the rate changes; null where it is the same all the time. */
  readonly stretches: readonly Stretch[] | null;
}

/** From the engine to a loading thread. */
export type Order =
  /** Before the first request, and whenever they change. */
  | { readonly kind: "credentials"; readonly credentials: Credentials }
  /** `at`: of `monotonicMs`. */
  | { readonly kind: "begin"; readonly at: number }
  /** Sends no more; what is under way has a moment to end. */
  | { readonly kind: "stop" }
  /** A batch's memory, to be used again. */
  | { readonly kind: "spare"; readonly buffer: ArrayBuffer };

/** From a loading thread to the engine. */
export type Report =
  | { readonly kind: "ready" }
  | { readonly kind: "samples"; readonly buffer: ArrayBuffer; readonly count: number }
  | { readonly kind: "dropped"; readonly target: number; readonly phase: "warmup" | "measured"; readonly count: number }
  | { readonly kind: "done"; readonly facts: ThreadFacts };

/** How a loading thread fared. */
export interface ThreadFacts {
  /** Requests that were due while every connection allowed was busy. */
  readonly waited: number;
  /** Under way when it was stopped; counted nowhere else. */
  readonly cutOff: number;
  /** The most connections open at a time. */
  readonly connectionsMost: number;
  /** By how much the event loop was late, while measuring. */
  readonly loopDelayMsP50: number;
  readonly loopDelayMsP99: number;
  readonly loopDelayMsMax: number;
  /** How much of the measured time the thread was at work, in [0, 1]. */
  readonly busyShare: number;
}
