import type { Exchange, Outcome } from "#core/observations/exchange.ts";
import type { Step } from "#core/observations/step.ts";
import type { Target } from "#core/targets/target.ts";
import { type ComposedRequest, showSent } from "./compose.ts";
import { type Course, phasesOf } from "./course.ts";
import type { Lane } from "./lanes.ts";
import { redactOutcome } from "./redact-outcome.ts";

interface Asking {
  readonly target: Target;
  readonly check: string;
  readonly step: Step;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

interface Ended {
  readonly lane: Lane;
  readonly course: Course;
  readonly outcome: Outcome;
  /** Null: nothing was to be sent, or nothing could be. */
  readonly request?: ComposedRequest | null;
  /** Whether AWS's own signer makes the same signature; null: nobody asked. */
  readonly agrees?: boolean | null;
  readonly leftOut: number;
}

/** What became of a step at one address, as it is written down: without what is secret of it. */
export const recorderOf =
  ({ target, check, step, at }: Asking) =>
  ({ lane, course, outcome, request = null, agrees = null, leftOut }: Ended): Exchange => ({
    target: target.id,
    check,
    step: step.label,
    at,
    sent: showSent(target, step, request, agrees),
    addresses: lane.addresses,
    ...(leftOut === 0 ? {} : { leftOut }),
    address: lane.address,
    connection: course.connection ?? lane.wire?.facts(target.protocol) ?? null,
    tls: lane.wire?.tls ?? null,
    phases: phasesOf(course, outcome.kind === "answered"),
    outcome: redactOutcome(outcome, request?.secrets ?? []),
  });
