import type { EventForm } from "#core/targets/target.ts";
import { mib } from "#core/units.ts";
import type { Surroundings } from "../world.ts";
import { echoFunction, type Ran } from "./echo-function.ts";
import { switchesOf } from "./echo-switches.ts";

/** Lambda's limit on what a function may return. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const responseBytesMax = mib(6) + 100;
/** A function behind a front that gives up by itself has the longest there is, so that the front's timer is the one seen. */
export function functionTimeoutMs(form: EventForm): number {
  if (form === "direct") return 60_000;
  return form === "lattice-v1" || form === "lattice-v2" ? 30_000 : 900_000;
}

/** What Lambda gives a function of which nobody says anything else. */
const lowTimeoutMs = 3000;

/** A fault that takes time is over before a client in a hurry gives up, whatever the scale. */
const faultMsMax = 400;

export const faultDelayMs = (realMs: number, timeScale: number): number => Math.min(realMs * timeScale, faultMsMax);

/** Runs the function behind a front, with whatever is wrong with it. */
export function runFunction(form: EventForm, event: unknown, requestId: string, world: Surroundings): Ran {
  const timedOutAfter = (timeoutMs: number): Ran => timedOut(requestId, timeoutMs, Math.min(timeoutMs, faultMsMax));
  switch (world.effects.service) {
    case "function-throws":
      return { kind: "failed", errorType: "Error", errorMessage: "the orders table is not there", afterMs: 0 };
    case "function-times-out":
      return timedOutAfter(functionTimeoutMs(form) * world.timeScale);
    case "function-timeout-low":
      return timedOutAfter(lowTimeoutMs * world.timeScale);
    case "function-answers-nonsense":
      return { kind: "returned", payload: JSON.stringify({ status: "ok", orders: [] }), afterMs: 0 };
    default:
      return limited(form, event, requestId, world);
  }
}

const timedOut = (requestId: string, timeoutMs: number, afterMs: number): Ran => ({
  kind: "failed",
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  afterMs,
});

function limited(form: EventForm, event: unknown, requestId: string, { timeScale, marks }: Surroundings): Ran {
  const ran = echoFunction(form, event, marks);
  const timeoutMs = functionTimeoutMs(form) * timeScale;
  if (ran.afterMs > timeoutMs) return timedOut(requestId, timeoutMs, timeoutMs);
  const mark = switchesOf(form, event)("mark");
  if (mark !== null) marks.leave(mark, ran.afterMs);
  if (ran.kind === "failed" || Buffer.byteLength(ran.payload) <= responseBytesMax) return ran;
  return {
    kind: "failed",
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${responseBytesMax} bytes).`,
    afterMs: ran.afterMs,
  };
}
